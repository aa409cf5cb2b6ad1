"""Settings: what can be chosen, and what the office is."""
