"""Analysis of Arabic text: normal forms, words, terms, sentences, numbers and dates; knows no articles."""

from bot.arabic.analysis import Analyser, Term, grams
from bot.arabic.date_ranges import DateRange, date_range
from bot.arabic.dates import Date, dates, dates_from_words
from bot.arabic.months import month_name
from bot.arabic.morphology import (
    ARTICLE,
    COMPARISON,
    CONJUNCTIONS,
    DEFINITE_PREPOSITIONS,
    LI_WITH_ARTICLE,
    PREPOSITIONS,
    consonant_skeleton,
    is_inflected,
    light_stem,
    stem_without_proclitic,
    without_article,
)
from bot.arabic.normalise import BIDI_CONTROLS, JOINERS, ZERO_WIDTH, normalise, strip_controls
from bot.arabic.number_words import NUMBER_WORDS, SCALE_WORDS, number_spellings
from bot.arabic.numbers import Number, numbers, numbers_from_words
from bot.arabic.sentences import SentenceEnd, Span, asks, ends_sentence, sentences
from bot.arabic.words import (
    IsWordPair,
    Word,
    first_word_length,
    insert_spaces,
    normal_words,
    split_after_final_letters,
    words,
)

__all__ = [
    "ARTICLE",
    "BIDI_CONTROLS",
    "COMPARISON",
    "CONJUNCTIONS",
    "DEFINITE_PREPOSITIONS",
    "JOINERS",
    "LI_WITH_ARTICLE",
    "NUMBER_WORDS",
    "PREPOSITIONS",
    "SCALE_WORDS",
    "ZERO_WIDTH",
    "Analyser",
    "Date",
    "DateRange",
    "IsWordPair",
    "Number",
    "SentenceEnd",
    "Span",
    "Term",
    "Word",
    "asks",
    "consonant_skeleton",
    "date_range",
    "dates",
    "dates_from_words",
    "ends_sentence",
    "first_word_length",
    "grams",
    "insert_spaces",
    "is_inflected",
    "light_stem",
    "month_name",
    "normal_words",
    "normalise",
    "number_spellings",
    "numbers",
    "numbers_from_words",
    "sentences",
    "split_after_final_letters",
    "stem_without_proclitic",
    "strip_controls",
    "without_article",
    "words",
]
