"""Bringing a file in: choose, look what it is taken for, bring it in, read what was refused, take it back."""
