"""Buttons under answers and refusals: each one's id holds all that its press needs, so that nothing is stored."""
