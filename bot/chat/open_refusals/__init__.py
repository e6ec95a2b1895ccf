"""Refusals that turn into answers: kept, asked again after reloads, edited, and told to who waits for them."""
