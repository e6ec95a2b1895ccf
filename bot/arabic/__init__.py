"""Text in, normal forms, terms and sentences out; knows no articles."""

from bot.arabic.analysis import Analyser, Term, grams
from bot.arabic.normalise import normalise, strip_controls
from bot.arabic.sentences import Span, sentences
from bot.arabic.skeleton import skeleton
from bot.arabic.stem import bare_stem, light_stem
from bot.arabic.words import Word, normal_words, words

__all__ = [
    "Analyser",
    "Span",
    "Term",
    "Word",
    "bare_stem",
    "grams",
    "light_stem",
    "normal_words",
    "normalise",
    "sentences",
    "skeleton",
    "strip_controls",
    "words",
]
