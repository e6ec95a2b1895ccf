"""The layout of the source tree in figures: `python -m tests.layout`."""
