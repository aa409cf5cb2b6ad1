#!/usr/bin/env python3
"""Development commands."""
