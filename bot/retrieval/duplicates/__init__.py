"""Near duplicates: passages that several articles have in common, by MinHash and Jaccard similarity."""

from bot.retrieval.duplicates.minhash import LEAST_WORDS, MinHashSignatures, SignatureBuilder
from bot.retrieval.duplicates.near_duplicates import NearDuplicates, merge_near_duplicates, near_duplicate_arrays
from bot.retrieval.duplicates.shingles import number_token

__all__ = [
    "LEAST_WORDS",
    "MinHashSignatures",
    "NearDuplicates",
    "SignatureBuilder",
    "merge_near_duplicates",
    "near_duplicate_arrays",
    "number_token",
]
