"""Autocomplete of article titles and outlet names."""
