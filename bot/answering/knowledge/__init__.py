"""Word lists, names, languages and word frequencies, read from `config/`."""

from bot.answering.knowledge.answer_words import AnswerWords, phrase_length
from bot.answering.knowledge.background import Background
from bot.answering.knowledge.continuations import Continuation, Continuations
from bot.answering.knowledge.dialects import Dialects, DialectWord
from bot.answering.knowledge.everyday import Everyday
from bot.answering.knowledge.languages import UNDETERMINED, Glossary, GlossedRun
from bot.answering.knowledge.lexicon import Lexicon, Relation
from bot.answering.knowledge.mode_phrases import ModePhrase, ModePhrases
from bot.answering.knowledge.name_words import NameWords, noun_forms
from bot.answering.knowledge.names import NameMatch, Names, Spellings
from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.polarity import Opposite
from bot.answering.knowledge.word_lists import Phrase

__all__ = [
    "UNDETERMINED",
    "AnswerWords",
    "Background",
    "Continuation",
    "Continuations",
    "DialectWord",
    "Dialects",
    "Everyday",
    "Glossary",
    "GlossedRun",
    "Lexicon",
    "ModePhrase",
    "ModePhrases",
    "NameMatch",
    "NameWords",
    "Names",
    "Opposite",
    "Phrase",
    "PhraseMatcher",
    "Relation",
    "Spellings",
    "noun_forms",
    "phrase_length",
]
