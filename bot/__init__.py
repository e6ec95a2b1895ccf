"""Isnad: answers about Arabic news coverage, in the coverage's own words and with its sources."""

__version__ = "0.1.0"
