"""Making, changing, moving and finishing a task, wherever tasks are shown."""
