"""The rules of the office, one module a noun. No clock, no I/O, no words: facts in, verdicts out."""
