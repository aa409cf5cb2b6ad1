"""Reminders: the thread that sleeps until the next one, the one window that shows them, the tray."""
