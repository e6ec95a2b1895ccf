"""Word lists, names, languages and word frequencies, read from `config/`."""

from bot.answering.knowledge.answer_words import noun_forms, phrase_length
from bot.answering.knowledge.dialects import Dialects, DialectWord
from bot.answering.knowledge.frequencies import Background, Everyday
from bot.answering.knowledge.glossary import Glossary, GlossedRun
from bot.answering.knowledge.languages import ARABIC_IN_LATIN, UNDETERMINED
from bot.answering.knowledge.latin_spellings import LatinSpellings
from bot.answering.knowledge.lexicon import Lexicon, Relation
from bot.answering.knowledge.names import NameMatch, Names, Spellings
from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.request_phrases import Continuation, ModePhrase
from bot.answering.knowledge.word_lists import Phrase
from bot.answering.knowledge.word_relations import Opposite
