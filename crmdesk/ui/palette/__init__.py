"""The palette: one line to go, to search and to do."""
