"""Text in, normal forms, terms and sentences out; knows no articles."""

from bot.arabic.analysis import Analyser, Term, grams
from bot.arabic.date_ranges import Period, date_range
from bot.arabic.dates import Date, dates, dates_among
from bot.arabic.months import month_name
from bot.arabic.morphology import bare_stem, is_inflected, light_stem, skeleton, without_article
from bot.arabic.normalise import normalise, strip_controls
from bot.arabic.number_words import number_spellings
from bot.arabic.numbers import Number, numbers, numbers_among
from bot.arabic.sentences import Span, sentences
from bot.arabic.words import Together, Word, normal_words, split_ended, split_glued, with_spaces, words

__all__ = [
    "Analyser",
    "Date",
    "Number",
    "Period",
    "Span",
    "Term",
    "Together",
    "Word",
    "bare_stem",
    "date_range",
    "dates",
    "dates_among",
    "grams",
    "is_inflected",
    "light_stem",
    "month_name",
    "normal_words",
    "normalise",
    "number_spellings",
    "numbers",
    "numbers_among",
    "sentences",
    "skeleton",
    "split_ended",
    "split_glued",
    "strip_controls",
    "with_spaces",
    "without_article",
    "words",
]
