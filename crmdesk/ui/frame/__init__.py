"""The frame around every view: menu, top bar, rail, inspector, status bar."""
