"""The lexicon: word lists of `config/lexicon.toml` on how questions are worded, with names and languages."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from bot.answering.knowledge.answer_words import AnswerWords, AskedWords, NameWords
from bot.answering.knowledge.courtesies import Courtesies
from bot.answering.knowledge.dialects import Dialects
from bot.answering.knowledge.frequencies import Everyday
from bot.answering.knowledge.glossary import Glossary, read_glossaries
from bot.answering.knowledge.languages import Languages
from bot.answering.knowledge.latin_spellings import LatinLetters
from bot.answering.knowledge.names import Names, Regions
from bot.answering.knowledge.phrase_matcher import PhraseMatcher
from bot.answering.knowledge.request_phrases import Continuations, ModePhrases
from bot.answering.knowledge.small_talk import BotTopics, SmallTalk
from bot.answering.knowledge.word_lists import (
    Phrase,
    groups,
    phrase_list,
    prefixed,
    squeezed,
    stem_set,
    word_lists_of,
    word_set,
)
from bot.answering.knowledge.word_relations import Opposite, PolarityWords, Thesaurus, read_opposites
from bot.answering.reasons import AnswerType
from bot.arabic import (
    ACCUSATIVE,
    ARTICLE,
    CONJUNCTIONS,
    DEFINITE_PREPOSITIONS,
    PREPOSITIONS,
    QuantityReader,
    light_stem,
    normal_words,
    normalise,
    unit_names,
)

_PRONOUNS = ("ه", "ها", "هم")
# «عمرو» is «عمره» in the Maghreb and the Levant.
_DIALECT_PRONOUN = "و"
_SHORT_QUESTION_WORD, _LEAST_SQUEEZED = 2, 4
# Written onto what asks for somebody or something, and behind it the longest first.
_OWN_PRONOUNS, _OWNED = (
    ("هو", "هي", "هم", "ها", "ه"),
    frozenset({AnswerType.PERSON, AnswerType.PLACE, AnswerType.THING}),
)
_ARTICLES = ("", ARTICLE, *DEFINITE_PREPOSITIONS)
_PREFIXES = (*_ARTICLES, *(letter + ARTICLE for letter in CONJUNCTIONS), *CONJUNCTIONS, *PREPOSITIONS)
_PROCLITICS = ("", *CONJUNCTIONS, *PREPOSITIONS, *("و" + letter for letter in PREPOSITIONS))


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that questions ask for: birth, price, author.

    `question_words` are the words in normal form that ask for it, `question_forms` the same with and without an
    article, preposition or conjunction. A passage states it with one of `passage_stems` or a match of `pattern`.
    """

    question_words: frozenset[str]
    question_forms: frozenset[str]
    passage_stems: frozenset[str]
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Relation":
        """Make a relation from its word lists; raise KeyError for a missing list, re.error for a wrong pattern."""
        question_words = frozenset(form for word in normal_words(words["asked"]) for form in _with_pronouns(word))
        said = (*question_words, *normal_words(words["said"]))
        # The light stemmer parts «وزير» from «الوزير», and both from «وزيرا».
        stems = {light_stem(article + word) for word in said for article in ("", ARTICLE)}
        passage_stems = frozenset(stem + ending for stem in stems for ending in ("", ACCUSATIVE))
        pattern = re.compile(words["pattern"]) if words.get("pattern") else None
        return cls(question_words, prefixed(_PREFIXES, question_words), passage_stems, pattern)


def _with_pronouns(word: str) -> Iterator[str]:
    """Yield a noun alone and with third-person pronouns: «عاصمة», «عاصمته», «عاصمتها», «عاصمتهم»."""
    yield word
    stem = f"{word[:-1]}ت" if word.endswith("ه") else word
    yield from (stem + pronoun for pronoun in _PRONOUNS)


@dataclass(frozen=True, slots=True)
class Definitions:
    """Nouns that make «ما هو X» another question than one for a definition: «ما هي عاصمة فرنسا».

    `kinds` are nouns before a name that tell what it is the name of: «ما هي شركة بالانتير».
    """

    attributes: frozenset[str]
    superlatives: frozenset[str]
    roles: frozenset[str]
    offices: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word lists in normal form; `names` and `synonyms` (a stem to its whole group) are stems.

    `dialect_question_words` belong to dialects alone; in a question with one, `dialect_fillers` are fillers too.
    `function_words` are the stop words, question words and fillers of all. `initial_question_words` ask only where a
    question can begin, the words of `no_question_phrases` never. `values` are, by answer type, the words that name a
    value, with and without proclitics; next to one of `time_context_words` a short number is a time. `quantities` reads
    numbers with their units; `mass_nouns` are measured, not counted. One of `number_nouns` names a count («عدد
    القتلى»), a number behind one of `number_labels` is a name («الفصل 33»), one behind one of `age_nouns` an age.
    `openers` may precede a question, one of `possessed_adjectives` follow a noun with a pronoun. `digit_words` are the
    question words and words of dialects that begin with a digit for an Arabic letter, «9addech».
    """

    stop_words: frozenset[str]
    question_words: Mapping[str, AnswerType]
    question_phrases: PhraseMatcher[AnswerType]
    initial_question_words: frozenset[str]
    no_question_phrases: PhraseMatcher[bool]
    question_fillers: frozenset[str]
    dialect_question_words: frozenset[str]
    dialect_fillers: frozenset[str]
    function_words: frozenset[str]
    asking_nouns: Mapping[str, AnswerType]
    counted_money: frozenset[str]
    definitions: Definitions
    synonyms: Mapping[str, frozenset[str]]
    values: Mapping[AnswerType, frozenset[str]]
    time_context_words: frozenset[str]
    time_units: frozenset[str]
    quantities: QuantityReader
    mass_nouns: frozenset[str]
    number_nouns: frozenset[str]
    number_labels: frozenset[str]
    age_nouns: frozenset[str]
    relations: Sequence[Relation]
    openers: frozenset[str]
    possessed_adjectives: frozenset[str]
    known_names: Names
    languages: Languages
    glossaries: Mapping[str, Glossary]
    courtesies: Courtesies
    small_talk: SmallTalk
    bot_topics: BotTopics
    dialects: Dialects
    everyday: Everyday
    opposites: Sequence[Opposite]
    polarity: PolarityWords
    regions: Regions
    mode_phrases: ModePhrases
    thesaurus: Thesaurus
    name_words: NameWords
    answer_words: AnswerWords
    asked_words: AskedWords
    continuations: Continuations
    latin_letters: LatinLetters
    digit_words: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The stems of names that a passage must have to answer a question about them."""
        return self.known_names.decisive

    def is_relation(self, normal: str) -> bool:
        """Whether a word in normal form asks for a relation: «ولد», «سعر»."""
        return any(normal in relation.question_forms for relation in self.relations)

    def bare_question_word(self, normal: str) -> str:
        """Return a question word without the conjunction or preposition attached to it; "" for any other word."""
        if normal in self.question_words:
            return normal
        # «قداااش».
        if len(short := squeezed(normal)) >= _LEAST_SQUEEZED and short != normal and short in self.question_words:
            return short
        # «شكونهو», «فينهي»
        own = next((normal.removesuffix(one) for one in _OWN_PRONOUNS if normal.endswith(one)), "")
        if (
            own in self.dialect_question_words
            and self.question_words[own] in _OWNED
            and len(own) > _SHORT_QUESTION_WORD
        ):
            return own
        bare = normal[1:]
        is_short = len(bare) <= _SHORT_QUESTION_WORD
        if bare not in self.question_words or (is_short and bare in self.dialect_question_words):
            return ""
        takes_preposition = not is_short or bare == "اي"
        return bare if normal[0] in CONJUNCTIONS or (takes_preposition and normal[0] in PREPOSITIONS) else ""

    @classmethod
    def read(cls, config: Path) -> "Lexicon":
        """Read the files of a directory; raise ValueError with the file and what is missing or malformed in it."""
        # First, so that the other lists take the place of what reading them leaves.
        glossaries = read_glossaries(config / "glossaries")
        names, languages = Names.read(config / "names.toml"), Languages.read(config / "languages.toml")
        dialects = Dialects.read(config / "dialects.toml")
        with word_lists_of(config / "lexicon.toml") as lists:
            found = _lists(lists, names)
        empty = found["function_words"]
        courtesies = Courtesies.read(config / "courtesies.toml", empty)
        return cls(
            **found,
            known_names=names,
            languages=languages,
            glossaries=glossaries,
            courtesies=courtesies,
            small_talk=SmallTalk.read(config / "small_talk.toml", courtesies, found["question_fillers"], empty),
            bot_topics=BotTopics.read(config / "bot_questions.toml"),
            dialects=dialects,
            everyday=Everyday.read(config / "everyday.tsv"),
            opposites=read_opposites(config / "opposites.toml"),
            polarity=PolarityWords.read(config / "polarity.toml"),
            regions=Regions.read(config / "regions.toml"),
            mode_phrases=ModePhrases.read(config / "modes.toml"),
            thesaurus=Thesaurus.read(config / "thesaurus.toml"),
            name_words=NameWords.read(config / "name_words.toml"),
            answer_words=AnswerWords.read(config / "answer_words.toml"),
            asked_words=AskedWords.read(config / "asked.toml"),
            continuations=Continuations.read(config / "continuations.toml", empty, found["question_words"]),
            latin_letters=LatinLetters.read(config / "arabizi.toml"),
            digit_words=frozenset(
                word for word in chain(found["question_words"], dialects.words, dialects.fillers) if word[0].isdecimal()
            ),
        )


def _lists(lists: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """Parse every list of `lexicon.toml`; the one-word spellings of a name are synonyms."""
    dialect = {kind: _spelled(words) for kind, words in lists["dialect_question_words"].items()}
    fillers = lists["question_fillers"]
    defined = lists["definitions"]
    question_phrases = dict[Phrase, AnswerType]()
    for answer_type, text in lists["question_phrases"].items():
        question_phrases |= dict.fromkeys(phrase_list(text), AnswerType(answer_type))
    question_phrases |= dict.fromkeys(phrase_list(defined["phrases"]), AnswerType.DEFINITION)
    question_words = _by_answer_type(chain(lists["question_words"].items(), dialect.items()))
    values = {AnswerType(answer_type): word_set(text) for answer_type, text in lists["values"].items()}
    not_asking = phrase_list(lists["no_question_words"]["phrases"])
    time_units = word_set(lists["time_units"]["words"])
    age_nouns = frozenset(
        form + pronoun
        for form in prefixed(_ARTICLES, word_set(lists["counted"]["age"]))
        for pronoun in ("", *_PRONOUNS, _DIALECT_PRONOUN)
    )
    stop_words, own_fillers, dialect_fillers = map(
        word_set, (lists["stop_words"], fillers["words"], fillers["dialect"])
    )
    spelled = [[light_stem(spelling[0]) for spelling in group if len(spelling) == 1] for group in names.groups]
    return {
        "stop_words": stop_words,
        "question_words": question_words,
        "question_phrases": PhraseMatcher(question_phrases, CONJUNCTIONS),
        "initial_question_words": word_set(lists["no_question_words"]["within"]),
        "no_question_phrases": PhraseMatcher(dict.fromkeys(not_asking, True), CONJUNCTIONS),
        "question_fillers": own_fillers,
        "dialect_question_words": frozenset(normalise(" ".join(dialect.values())).split()),
        "dialect_fillers": dialect_fillers,
        "function_words": stop_words.union(question_words, own_fillers, dialect_fillers),
        "asking_nouns": _by_answer_type(lists["asking_nouns"].items()),
        "counted_money": word_set(lists["counted"]["money"]),
        "definitions": Definitions(
            **{name: word_set(defined[name]) for name in ("attributes", "superlatives", "roles", "kinds")},
            offices=prefixed(_PREFIXES, word_set(defined["offices"])),
        ),
        "synonyms": groups([*map(stem_set, "\n".join(lists["synonyms"].values()).splitlines()), *spelled]),
        "values": {answer_type: prefixed(_PROCLITICS, words) for answer_type, words in values.items()},
        "time_context_words": prefixed(_ARTICLES, time_units | values[AnswerType.TIME]),
        "time_units": time_units,
        "quantities": QuantityReader(unit_names(lists["units"]), phrase_list(lists["counted"]["percent"]), age_nouns),
        "mass_nouns": word_set(lists["counted"]["mass"]),
        "number_nouns": prefixed(_ARTICLES, word_set(lists["counted"]["number"])),
        "number_labels": prefixed((*_ARTICLES, *CONJUNCTIONS), word_set(lists["counted"]["labels"])),
        "age_nouns": age_nouns,
        "relations": [Relation.of(words) for words in lists["relations"].values()],
        "openers": word_set(lists["following"]["openers"]) - question_words.keys(),
        "possessed_adjectives": prefixed((ARTICLE,), word_set(lists["following"]["adjectives"])),
    }


def _spelled(text: str) -> str:
    """Return question words, and what members write for them: «گداش», «ڨداش», «وكتاش», «اشكثر»."""
    words = normalise(text).split()
    hard = [word.replace("ق", letter) for word in words if len(word) >= _LEAST_SQUEEZED for letter in "كڨ"]
    return " ".join(
        dict.fromkeys(
            (*words, *hard, *(f"ا{word}" for word in words if word[0] == "ش" and len(word) > _SHORT_QUESTION_WORD))
        )
    )


def _by_answer_type(lists: Iterable[tuple[str, str]]) -> dict[str, AnswerType]:
    """Map each word to the answer type it asks for; a word in two lists has the first, «9addech» is one word."""
    answer_types: dict[str, AnswerType] = {}
    for answer_type, text in lists:
        for word in normalise(text).split():
            answer_types.setdefault(word, AnswerType(answer_type))
    return answer_types
