"""The first start: one computer, a shared base, or a look at an example."""
