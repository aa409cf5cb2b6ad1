"""What the program needs of the machine: paths, settings, log, clock, ids, words. Knows no rule of the office."""
