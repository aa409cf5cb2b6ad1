"""The window: a folder a screen, shared widgets, the theme, the words of errors. Qt lives here and in app only."""
