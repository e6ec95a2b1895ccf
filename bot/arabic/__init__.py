"""Analysis of Arabic text: normal forms, words, terms, sentences, numbers and dates; knows no articles."""

from bot.arabic.analysis import Analyser, Term, grams
from bot.arabic.date_ranges import date_range
from bot.arabic.dates import Date, dates, dates_from_words
from bot.arabic.direction import (
    FIRST_STRONG_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    LINE_ISOLATE_SIZE,
    POP_ISOLATE,
    RIGHT_TO_LEFT_ISOLATE,
    is_right_to_left,
    isolate_line,
    isolate_phrases,
    mark_direction,
    numbered_phrases,
    strip_line_isolates,
    strong_directions,
)
from bot.arabic.months import ALTERNATIVE_MONTHS, MONTH_WORDS, month_name, month_number, named_months
from bot.arabic.morphology import (
    ACCUSATIVE,
    ARTICLE,
    COMPARISON,
    CONJUNCTIONS,
    DEFINITE_PREPOSITIONS,
    LI_WITH_ARTICLE,
    NISBA,
    PREPOSITIONS,
    consonant_skeleton,
    is_inflected,
    light_stem,
    root,
    stem_without_proclitic,
    without_article,
    without_article_of_name,
)
from bot.arabic.normalise import BIDI_CONTROLS, JOINERS, ZERO_WIDTH, normalise, strip_controls, without_accents
from bot.arabic.number_words import NUMBER_WORDS, SCALE_WORDS, number_spellings
from bot.arabic.numbers import numbers, numbers_from_words
from bot.arabic.quantities import Kind, Quantity, QuantityReader, Score, unit_names
from bot.arabic.sentences import SentenceEnd, Span, asks, ends_sentence, sentences
from bot.arabic.words import (
    Word,
    first_word_length,
    insert_spaces,
    normal_words,
    normal_words_of_lines,
    split_after_final_letters,
    words,
    words_with_offsets,
)
