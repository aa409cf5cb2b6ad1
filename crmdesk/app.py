"""Builds the window and everything behind it."""

from __future__ import annotations
