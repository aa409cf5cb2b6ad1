"""The calendar: day, weeks, month and list; what was left undone; what has no plan."""
