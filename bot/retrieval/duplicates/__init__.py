"""Near duplicates: passages that several articles have in common, by MinHash and Jaccard similarity."""
