"""Names, numbers and dates of a question with their other spellings, and the name that it asks for.

A name is asked for by «شنوة اسم المهرب», «السفينة سموها ايه», «في أنو معهد», «مين المدرب».
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import chain, pairwise

from bot.answering.knowledge import Phrase
from bot.answering.reasons import AnswerType
from bot.answering.words import PRONOUNS, RELATIVES, KnownWord, QuestionWord, TokenisedText, word_fact
from bot.arabic import (
    ARTICLE,
    MONTH_WORDS,
    NUMBER_WORDS,
    Date,
    Term,
    dates_from_words,
    month_name,
    month_number,
    normalise,
    number_spellings,
    numbers_from_words,
)
from bot.retrieval import SearchEngine, phonetic_spellings

_ASKS_WHAT = frozenset({AnswerType.THING, AnswerType.PERSON, AnswerType.MANNER, AnswerType.DEFINITION})
# «شنوة كان الاسم», «اسم الست اللي …» with its question word at the end.
_REACH, _END, _NEAR, _NAMELESS = 3, 2, 2, 2
# Chosen: what has no capital is a name where so many passages have it; a short word sounds like many.
_LEAST_SMALL, _LEAST_SHORT, _SHORT = 3, 20, 4


class Bearer(StrEnum):
    """What a name is asked of: somebody, something, or either."""

    PERSON = "person"
    THING = "thing"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class AskedName:
    """The noun whose name a question asks for, as a term, None where it has none, and what bears the name.

    `is_who` tells «who is the coach» from «what is the name of the coach»: an office answers it as well. So it is with
    what something is called: a name answers that wherever it stands.
    """

    noun: Term | None
    bearer: Bearer
    is_who: bool = False


_Found = tuple[int | None, Bearer, bool]
"""The same with the position of the noun among the words."""


def find_asked_name(
    question_word: QuestionWord | None, answer_type: AnswerType | None, text: TokenisedText, terms: Mapping[int, Term]
) -> AskedName | None:
    """Return which name a question asks for, or None; `terms` has its terms by where they start."""
    finder = _AskedNameFinder(question_word, text)
    found = finder.called() or finder.which() or (finder.who() if answer_type is AnswerType.PERSON else None)
    if found is None:
        return None
    at, bearer, is_who = found
    noun = None if at is None else terms.get(text.words[at].start)
    if noun and bearer is Bearer.EITHER and len(set(terms.values())) <= _NAMELESS:
        return None  # «ما هو اسم التفضيل؟» asks what a term means.
    return AskedName(noun, bearer, is_who)


class _AskedNameFinder:
    def __init__(self, question_word: QuestionWord | None, text: TokenisedText) -> None:
        self._question_word, self._normals, self._known = question_word, text.normals, text.known
        self._lexicon, self._naming = text.table.lexicon, text.table.lexicon.name_words

    def called(self) -> _Found | None:
        """Find «اسم X», «اسمها», «شسمه», «سموه» beside the question word."""
        naming, word = self._naming, self._question_word
        # What or how something is called, not who calls it.
        is_what = word is not None and word.answer_type in {AnswerType.THING, AnswerType.MANNER}
        for at, normal in enumerate(self._normals):
            if normal in naming.alone:
                return self._called(range(at, at + 1))
            if normal in naming.nouns and self._is_asked(at):
                # «ما هو الاسم الحالي للملعب»: what follows is no noun, nor is the verb of «اسم اللي دهس».
                if not RELATIVES.isdisjoint(self._normals[at + 1 : at + 2]):
                    return None, Bearer.PERSON, False
                return self._named(None if normal.startswith(ARTICLE) else self._first_noun(at + 1))
            is_verb = is_what and normal in naming.verbs
            if (normal in naming.own_nouns or is_verb) and self._is_asked(at):
                # «ماذا تسمى نقطة التقاطع؟»: what it is called stands where it likes.
                return (*self._called(self._with_question_word(at))[:2], is_verb)
        return None

    def _called(self, asking: range) -> _Found:
        """Return what «اسمه» is of; «اسمه ايه اللي …» is of somebody."""
        is_relative = not RELATIVES.isdisjoint(self._normals[asking.stop : asking.stop + 1])
        return self._named(self._noun_of_pronoun(asking), Bearer.PERSON if is_relative else Bearer.EITHER)

    def which(self) -> _Found | None:
        """Find «في أي مستشفى», «ما هو الفريق الذي»."""
        word = self._question_word
        if word is None or word.answer_type is not AnswerType.THING:
            return None
        noun = self._first_noun(word.last)
        if noun is None or self._normals[noun] not in self._naming.things:
            return None
        is_which = self._normals[word.last - 1] in self._naming.which
        is_relative = not RELATIVES.isdisjoint(self._normals[noun + 1 : noun + _REACH])
        return (noun, Bearer.THING, False) if is_which or is_relative else None

    def who(self) -> _Found | None:
        """Find «مين المدرب», and «who» without a noun."""
        word = self._question_word
        if word is None or word.answer_type is not AnswerType.PERSON:
            return None
        noun = self._first_noun(word.last)
        if noun is None or not self._bears(noun) or not RELATIVES.isdisjoint(self._normals[word.last : noun]):
            return None, Bearer.EITHER, True
        if self._names_bearer(noun):
            return None, Bearer.EITHER, True
        is_role = self._is_human(noun)
        return noun, Bearer.PERSON if is_role else Bearer.THING, is_role

    def _names_bearer(self, noun: int) -> bool:
        """Whether a name stands behind a title, so that the rest is asked for: «من هي الملكة بلقيس؟»."""
        behind = self._known[noun + 1 : noun + 2]
        is_title = self._normals[noun].startswith(ARTICLE) and any(not one.normal.startswith(ARTICLE) for one in behind)
        is_name = any(one.is_name or self._naming.is_given_name(one.normal) for one in behind)
        return is_title and (is_name or not any(one.is_news or one.is_everyday or one.is_filler for one in behind))

    def _is_asked(self, at: int) -> bool:
        """Whether the question word stands close to a position, or ends what begins with it."""
        word = self._question_word
        if word is None:
            return at == 0
        if word.answer_type not in _ASKS_WHAT:
            return False
        if word.first > at:
            return word.first == at + 1 or word.last >= len(self._normals) - _END or at == 0
        return at - word.last < _REACH and all(map(self._is_passed, range(word.last, at)))

    def _with_question_word(self, at: int) -> range:
        """Return the positions of a word that asks for a name and of the question word, if it is next to it."""
        word = self._question_word
        if word is None:
            return range(at, at + 1)
        if word.last <= at:
            return range(word.first, at + 1)
        return range(at, word.last if word.first == at + 1 else at + 1)

    def _noun_of_pronoun(self, asking: range) -> int | None:
        """Return the noun of «اسمها», «سموه»: behind it, or one owned close before it («جوزها»), or the first."""
        normals = self._normals
        behind = self._first_noun(asking.stop)
        if behind is not None and self._bears(behind) and not RELATIVES.intersection(normals[asking.stop : behind]):
            return behind
        near = range(asking.start - 1, max(asking.start - _NEAR, 0) - 1, -1)
        owned = (at for at in near if self._bears(at) and normals[at] in self._naming.owned)
        return next(chain(owned, filter(self._bears, range(asking.start))), None)

    def _bears(self, at: int) -> bool:
        return self._is_human(at) or self._normals[at] in self._naming.things

    def _is_human(self, at: int) -> bool:
        return self._normals[at] in self._naming.persons or self._normals[at] in self._naming.people

    def _first_noun(self, first: int) -> int | None:
        places = range(first, min(first + _REACH + 1, len(self._normals)))
        return next((at for at in places if not self._is_passed(at)), None)

    def _is_passed(self, at: int) -> bool:
        normal, lexicon = self._normals[at], self._lexicon
        grammar = (PRONOUNS, RELATIVES, lexicon.stop_words, lexicon.question_words, lexicon.question_fillers)
        passed = (*grammar, lexicon.dialects.fillers, lexicon.definitions.superlatives)
        is_counting = normal[0].isdecimal() or normal.removeprefix(ARTICLE) in lexicon.values[AnswerType.QUANTITY]
        return (is_counting and not self._is_human(at)) or any(normal in words for words in passed)

    def _named(self, noun: int | None, otherwise: Bearer = Bearer.EITHER) -> _Found:
        if noun is None:
            return None, otherwise, False
        normal = self._normals[noun]
        bearer = Bearer.THING if normal in self._naming.things else Bearer.EITHER
        return noun, Bearer.PERSON if self._is_human(noun) else bearer, False


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A name, number or date in a question's text, `text[start:end]`, with its other spellings.

    `spellings` are runs of words in normal form, without stop words. `number` and `date` are the value itself, by
    which spellings are found that are not listed.
    """

    start: int
    end: int
    spellings: tuple[Phrase, ...]
    number: Decimal | None = None
    date: Date | None = None


def find_equivalents(text: TokenisedText, is_stop_word: Callable[[str], bool]) -> tuple[Equivalent, ...]:
    """Find the names, numbers and dates of a question, in order; function words of its language are no names."""
    counts = any(map(_may_count, text.known))
    written = numbers_from_words(text.words, text.text) if counts else []
    dates = dates_from_words(text.words, text.text, written) if counts else []
    found = [Equivalent(date.start, date.end, tuple(_date_spellings(date)), date=date) for date in dates]
    found += [
        Equivalent(number.start, number.end, tuple(number_spellings(number.value)), number=number.value)
        for number in written
        # «واحدة» is rather «a» than the number of «1+1».
        if number.value != 1 and not any(date.start <= number.start < date.end for date in dates)
    ]
    for name in text.names:
        start, end = text.words[name.start].start, text.words[name.end - 1].end
        if not text.table.lexicon.languages.is_common(text.text[start:end], text.language):
            found.append(Equivalent(start, end, tuple(_searchable(name.spellings, is_stop_word))))
    return tuple(sorted(found, key=lambda equivalent: equivalent.start))


@word_fact
def _may_count(word: KnownWord) -> bool:
    """Whether a word may be part of a number or a date."""
    return word.is_number or word.normal in NUMBER_WORDS or word.normal in MONTH_WORDS


def _searchable(spellings: Sequence[Phrase], is_stop_word: Callable[[str], bool]) -> Iterator[Phrase]:
    """Remove the stop words from spellings; «إن إس أو» without its own would be any «إس»."""
    for spelling in spellings:
        kept = tuple(word for word in spelling if not is_stop_word(word))
        if len(kept) > 1 or kept == spelling:
            yield kept


def _date_spellings(date: Date) -> Iterator[Phrase]:
    day, month, year = date.day, date.month, date.year
    name = month_name(month) if month else None
    yield tuple(str(part) for part in (day, name, year) if part)
    if day and month and year:
        yield str(year), f"{month:02}", f"{day:02}"
        yield str(day), str(month), str(year)


_WORD = re.compile(r"\w+['’]?")
_WITHIN_NAMES = frozenset({"of", "de", "d'", "d’"})


def _run_openings(source: str) -> dict[str, str]:
    """Return what opens each run of words with capitals, by its last: «the Tunisian Football Federation» is no name.

    Where nothing has a capital, «how long will hazard be out», each word may be a name.
    """
    openings, opening = dict[str, str](), ""
    if source.islower():
        return {word: before for before, word in pairwise(_WORD.findall(source))}
    for word, following in pairwise([*_WORD.findall(source), ""]):
        if not word[0].isupper() or not opening:
            opening = opening if word in _WITHIN_NAMES else word.lower()
        elif not following[:1].isupper():
            openings[word] = opening
    return openings


def with_names_by_sound(text: TokenisedText, index: SearchEngine) -> TokenisedText:
    """Return a gloss with names for what articles spell as it sounds: «Hazard» is «هازارد» sooner than danger.

    Such a word has a capital within a sentence, or nothing has, no article, and no place or month for its meaning.
    """
    gloss, lexicon, names = text.gloss, text.table.lexicon, dict[str, str]()
    if gloss is None or gloss.source.istitle():
        return text
    openings = _run_openings(gloss.source)
    is_small = gloss.source.islower()
    for normal, (own, written) in zip(map(normalise, gloss.written), gloss.written.items(), strict=True):
        glossaries = lexicon.glossaries.values()
        listed = [normalise(name) for one in glossaries for name in one.names.get(normalise(written), ())]
        is_definite = any(openings.get(written, "the") in one.articles for one in glossaries)
        is_proper = text.table[normal].is_name or month_number(normal) or lexicon.regions.named([normal])
        # All words of a phrase stand for the same one: «Tim Cook» is a name that is known.
        is_phrase = sum(one == written for one in gloss.written.values()) > 1
        if is_definite or is_proper or is_phrase or normal in listed or own == written:
            continue
        spellings = (*listed, *phonetic_spellings(normalise(written)))
        least = (_LEAST_SHORT if len(written) <= _SHORT else _LEAST_SMALL) if is_small else 0
        held = (one for one in spellings if index.vocabulary.words.find(one) is not None)
        known = (word for word in map(text.table.__getitem__, held) if index.document_frequency(word.stem) >= least)
        if name := next((one.normal for one in known if one.normal in listed or not one.is_news), None):
            names[own] = name
    if not names:
        return text
    spelled = {names.get(own, own): written for own, written in gloss.written.items()}
    named = " ".join(names.get(word, word) for word in text.text.split())
    return replace(text.with_text(named), gloss=replace(gloss, written=spelled))
