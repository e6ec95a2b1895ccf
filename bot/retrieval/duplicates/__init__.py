"""Near duplicates: passages that several articles have in common, by MinHash and Jaccard similarity."""

from bot.retrieval.duplicates.minhash import LEAST_WORDS, Sketches, SketchSpool
from bot.retrieval.duplicates.near_duplicates import Twins, merge_twins, twin_arrays
from bot.retrieval.duplicates.shingles import figure

__all__ = [
    "LEAST_WORDS",
    "SketchSpool",
    "Sketches",
    "Twins",
    "figure",
    "merge_twins",
    "twin_arrays",
]
