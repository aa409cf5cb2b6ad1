"""The client's card: header, composer and timeline, the side pane."""
