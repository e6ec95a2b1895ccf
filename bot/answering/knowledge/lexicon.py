"""The lexicon: word lists and relations of `config/`, which say how people write questions."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from bot.answering.knowledge.languages import Languages
from bot.answering.knowledge.names import Names
from bot.answering.knowledge.word_lists import (
    Phrase,
    check_word_lists,
    groups,
    phrase_list,
    prefixed,
    stem_set,
    word_set,
)
from bot.answering.reasons import AnswerType
from bot.arabic import light_stem, normal_words

_PRONOUNS = ("ه", "ها", "هم")
_ARTICLE = "ال"
_PREFIXES = ("", _ARTICLE, "وال", "بال", "فال", "لل", "و", "ف", "ب", "ل")

_PROCLITICS, _ARTICLES = ("", "و", "ف", "ب", "ل", "وب", "ول"), ("", "ال", "بال", "لل")


@dataclass(frozen=True, slots=True)
class Relation:
    """One such thing: birth, price, author.

    `question_words` are the words in normal form that ask for it, `question_forms` these alone and behind an article,
    preposition or conjunction, `passage_stems` the stems that say it; so does what `pattern` finds.
    """

    question_words: frozenset[str]
    question_forms: frozenset[str]
    passage_stems: frozenset[str]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Relation":
        """Make a relation of lists of words; raise KeyError where one is missing, and re.error."""
        question_words = frozenset(form for word in normal_words(words["asked"]) for form in _with_pronouns(word))
        passage_stems = frozenset(
            stem for word in (*question_words, *normal_words(words["said"])) for stem in _stems(word)
        )
        pattern = words.get("pattern")
        return cls(
            question_words, prefixed(_PREFIXES, question_words), passage_stems, re.compile(pattern) if pattern else None
        )


def _with_pronouns(word: str) -> Iterator[str]:
    """Write a noun alone and with the pronouns of the third person: «عاصمة», «عاصمته», «عاصمتها», «عاصمتهم»."""
    yield word
    stem = f"{word[:-1]}ت" if word.endswith("ه") else word
    yield from (stem + pronoun for pronoun in _PRONOUNS)


def _stems(word: str) -> Iterator[str]:
    """Yield the stems of a word without and with the article: the light stemmer parts «وزير» from «الوزير»."""
    yield light_stem(word)
    yield light_stem(_ARTICLE + word)


@dataclass(frozen=True, slots=True)
class Definitions:
    """How people ask what something is: phrases that do, and words that begin another question instead."""

    phrases: frozenset[Phrase]
    attributes: frozenset[str]
    superlatives: frozenset[str]
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists in normal form; `names` and `synonyms` (a stem to its whole group) are stems.

    `dialect_question_words` are question words of dialects alone; beside one of them, `dialect_fillers` are fillers
    too. `initial_question_words` ask only where a question can begin, and the words of `no_question_phrases` not at
    all. `values` are the words that name a value, with what may be written onto them; beside one of
    `time_context_words` a short number is a time. `openers` may stand before a question, greetings among them.
    """

    stop_words: frozenset[str]
    question_words: Mapping[str, AnswerType]
    question_phrases: Mapping[Phrase, AnswerType]
    initial_question_words: frozenset[str]
    no_question_phrases: frozenset[Phrase]
    question_fillers: frozenset[str]
    dialect_question_words: frozenset[str]
    dialect_fillers: frozenset[str]
    asking_nouns: Mapping[str, AnswerType]
    counted_money: frozenset[str]
    definitions: Definitions
    synonyms: Mapping[str, frozenset[str]]
    values: Mapping[AnswerType, frozenset[str]]
    time_context_words: frozenset[str]
    time_units: frozenset[str]
    relations: Sequence[Relation]
    openers: frozenset[str]
    known_names: Names
    languages: Languages
    greetings: frozenset[str]
    thanks: frozenset[str]
    about_the_bot: frozenset[Phrase]

    @property
    def names(self) -> frozenset[str]:
        """The stems of names that a passage must have to answer a question with them."""
        return self.known_names.decisive

    @classmethod
    def read(cls, config: Path) -> "Lexicon":
        """Read the lists of a directory; raise ValueError naming the file and what is missing or malformed."""
        names, languages = Names.read(config / "names.toml"), Languages.read(config / "languages.toml")
        file = config / "lexicon.toml"
        try:
            lists = tomllib.loads(file.read_text(encoding="utf-8"))
            check_word_lists(lists)
            return cls(**_lists(lists, names), known_names=names, languages=languages)
        except KeyError as error:
            raise ValueError(f"{file}: the list {error} is missing") from error
        except (OSError, ValueError, AttributeError, TypeError, re.error) as error:
            raise ValueError(f"{file}: {error}") from error


def _lists(lists: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Read every list of `lexicon.toml`; names of one word are synonyms of their other spellings."""
    dialect, fillers = lists["dialect_question_words"], lists["question_fillers"]
    question_words = _by_answer_type(chain(lists["question_words"].items(), dialect.items()))
    greetings, thanks = word_set(lists["small_talk"]["greeting"]), word_set(lists["small_talk"]["thanks"])
    values = {AnswerType(answer_type): word_set(text) for answer_type, text in lists["values"].items()}
    time_units = word_set(lists["time_units"]["words"])
    spelled = [[light_stem(spelling[0]) for spelling in group if len(spelling) == 1] for group in names.groups]
    return {
        "stop_words": word_set(lists["stop_words"]),
        "question_words": question_words,
        "question_phrases": {
            phrase: AnswerType(answer_type)
            for answer_type, text in lists["question_phrases"].items()
            for phrase in phrase_list(text)
        },
        "initial_question_words": word_set(lists["no_question_words"]["within"]),
        "no_question_phrases": frozenset(phrase_list(lists["no_question_words"]["phrases"])),
        "question_fillers": word_set(fillers["words"]),
        "dialect_question_words": word_set(" ".join(dialect.values())),
        "dialect_fillers": word_set(fillers["dialect"]),
        "asking_nouns": _by_answer_type(lists["asking_nouns"].items()),
        "counted_money": word_set(lists["counted"]["money"]),
        "definitions": _definitions(lists["definitions"]),
        "synonyms": groups([*map(stem_set, "\n".join(lists["synonyms"].values()).splitlines()), *spelled]),
        "values": {answer_type: prefixed(_PROCLITICS, words) for answer_type, words in values.items()},
        "time_context_words": prefixed(_ARTICLES, time_units | values[AnswerType.TIME]),
        "time_units": time_units,
        "relations": [Relation.of(words) for words in lists["relations"].values()],
        "openers": (word_set(lists["following"]["openers"]) | greetings | thanks) - question_words.keys(),
        "greetings": greetings,
        "thanks": thanks,
        "about_the_bot": frozenset(phrase_list(lists["small_talk"]["about"])),
    }


def _definitions(lists: Mapping[str, str]) -> Definitions:
    return Definitions(
        frozenset(phrase_list(lists["phrases"])),
        word_set(lists["attributes"]),
        word_set(lists["superlatives"]),
        word_set(lists["roles"]),
    )


def _by_answer_type(lists: Iterable[tuple[str, str]]) -> dict[str, AnswerType]:
    """Map each word to what it asks for; a word that stands in two lists keeps the first."""
    answer_types: dict[str, AnswerType] = {}
    for answer_type, text in lists:
        for word in normal_words(text):
            answer_types.setdefault(word, AnswerType(answer_type))
    return answer_types
