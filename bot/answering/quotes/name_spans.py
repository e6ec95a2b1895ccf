"""Spans of names in a sentence: people with the title beside them, organisations and other things."""

from collections.abc import Iterator
from itertools import pairwise

from bot.answering.evidence import AskedNames, TermWeights
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.question.asked_name import Bearer
from bot.answering.quotes.doer_spans import AGENT, DoerSpans
from bot.answering.quotes.name_extent import CONNECTORS, MOST_WORDS, NISBA, NameExtent
from bot.answering.quotes.quoted_sentence import FoundPositions, Positions, QuotedSentence
from bot.arabic import CONJUNCTIONS

# Chosen: what is added for a name that a word introduces, and taken off for one of another kind.
_INTRODUCED, _OTHER_KIND = 0.3, 0.2
# Chosen: so many words are a name that a word introduces, and so many back a name of the question may begin.
_MOST_CALLED, _BACK, _LEAST_ADVERB = 3, 3, 4
# Chosen: so many words may stand from a name to the noun that says what it is.
_TOLD = 6
# Chosen, occurrences per million of news: a rarer word behind the noun whose name is asked for is its name.
_RARE = 60.0
_PASSED = frozenset({"كذلك", "ايضا", "ب", "اسم", "باسم", "انه", "حاليا"})
_PREPOSITIONS = frozenset({"مع", "عن", "ضد", "امام", "علي", "لدي"})
_ENDINGS = ("ي", "يه", "ا", "ين", "ون", "ات", "ها", "هم")


class NameSpans:
    """Finds spans of names that a question asks for."""

    def __init__(
        self, question: Question, lexicon: Lexicon, weights: TermWeights, names: AskedNames, extent: NameExtent
    ) -> None:
        self._names, self._extent = names, extent
        self._doers = DoerSpans(names, extent, lexicon)
        self._lexicon, self._naming, self._weights = lexicon, lexicon.name_words, weights
        asked = question.asked_name
        self._noun = None if asked is None or asked.noun is None else question.terms.index(asked.noun)
        self._bearer = Bearer.PERSON if asked is None else asked.bearer
        self._is_who = asked is not None and asked.is_who and asked.noun is None
        self._preposition = self._preposition_of(question)
        self._is_called = (
            asked is not None
            and not asked.is_who
            and (
                asked.noun is None
                or asked.bearer is Bearer.EITHER
                or any(
                    word.normal in words
                    for word in question.words
                    for words in (lexicon.name_words.nouns, lexicon.name_words.own_nouns, lexicon.name_words.verbs)
                )
            )
        )

    def names(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield the names of the kind that is asked for: of people, of things, or of either; a list of them as one."""
        if self._preposition:
            yield from self._behind_preposition(sentence, self._preposition)
        found = sorted(self._single_names(sentence), key=lambda one: one[0])
        current: FoundPositions | None = None
        for span, bonus in found:
            if current and span[0] == current[0][1] + 1 and self._extent.is_listed(sentence, span[0]):
                current = (current[0][0], span[1]), max(current[1], bonus)
            else:
                if current:
                    yield current
                current = span, bonus
        if current:
            yield current

    def _is_behind_noun(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether the noun whose name is asked for stands before a name, but for words of the question between."""
        if self._noun is None:
            return False
        while at and sentence.is_joined(at - 1) and sentence.own[at - 1]:
            at -= 1
            if sentence.has(at, self._noun):
                return True
        return False

    def _is_before_noun(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether the noun whose name is asked for stands close behind a name, as what that is.

        «بيتر ثيل، أحد مؤسسي …», «سلمى الحداد، المديرة السابقة …».
        """
        if self._noun is None:
            return False
        return any(sentence.has(behind, self._noun) for behind in range(at + 1, min(at + _TOLD, len(sentence.words))))

    def _behind_preposition(self, sentence: QuotedSentence, preposition: str) -> Iterator[FoundPositions]:
        """Yield what stands behind the preposition of the question word, «مع وزارة الدفاع» where «مع من» is asked."""
        for at, normal in enumerate(sentence.normals[:-1]):
            if normal.removeprefix(CONJUNCTIONS[0]) != preposition or not sentence.is_joined(at):
                continue
            first = last = at + 1
            while last - first < MOST_WORDS and sentence.is_joined(last) and not self._extent.ends(sentence, last + 1):
                last += 1
            if not self._extent.ends(sentence, first) and not all(sentence.own[first : last + 1]):
                yield (first, last), _INTRODUCED

    def _single_names(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield the names one by one, and who or what else may bear one."""
        candidate, number = sentence.candidate, sentence.number
        introduced = set(self._names.introduced_places(candidate, number))
        persons = set(self._names.person_places(candidate, number)) if self._bearer is not Bearer.THING else set[int]()
        things = set(self._names.thing_places(candidate, number)) if self._bearer is not Bearer.PERSON else set[int]()
        behind = -1
        if self._noun is not None and self._bearer is not Bearer.THING:
            persons |= {
                sentence.start + word.start
                for at, word in enumerate(sentence.words)
                if not sentence.own[at] and self._may_be_name(word.normal) and self._is_behind_noun(sentence, at)
            }
        for start in sorted(introduced | persons | things):
            at = sentence.positions.get(start - sentence.start)
            if at is None or at <= behind or self._is_middle(sentence, at):
                continue
            is_person = start in persons
            if sentence.is_enclosed(at) or (is_person and self._is_adjective(sentence, at)):
                continue
            if not is_person and start not in introduced and not self._is_thing(sentence, at):
                continue
            span = self._extent.whole(sentence, at, is_person=is_person)
            behind = span[1]
            if self._is_own(sentence, span):
                continue
            is_said = self._is_behind_noun(sentence, span[0]) or self._is_before_noun(sentence, span[1])
            bonus = _INTRODUCED * (start in introduced or is_said)
            bonus += AGENT * self._doers.is_agent(sentence, span[0])
            yield span, bonus - _OTHER_KIND * (self._is_called and start not in introduced)
        if self._is_called:
            yield from self._called(sentence)
        if self._is_who:
            yield from self._doers.doers(sentence)

    def _may_be_name(self, normal: str) -> bool:
        """Tell whether a word behind the noun whose name is asked for is its name, and no adjective."""
        return (
            self._names.may_continue(normal)
            and self._weights.is_rare(normal, _RARE)
            and not normal.endswith((*_ENDINGS, "ه", "ت"))
        )

    def _is_adjective(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a word alone is an adjective of origin and no name: «أصل هولندي فرنسي»."""
        normal = sentence.normals[at]
        goes_on = sentence.is_joined(at) and self._extent.goes_on(sentence, at + 1)
        return not goes_on and normal.endswith((*NISBA, "ا")) and normal not in self._naming.given_names

    def _preposition_of(self, question: Question) -> str:
        """Return the preposition before the question word, «مع» of «مع من»; "" where there is none."""
        normals = [word.normal for word in question.words]
        for before, normal in pairwise(normals):
            if before in _PREPOSITIONS and normal in self._lexicon.question_words:
                return before
        return ""

    @staticmethod
    def _is_own(sentence: QuotedSentence, span: Positions) -> bool:
        """Tell whether a name is that of the question, or mostly."""
        own = sentence.own[span[0] : span[1] + 1].count(True)
        return own > 1 or own > span[1] - span[0]

    def _called(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield what stands behind a word that introduces a name, whatever it is: «تُعرف باسم جبل النحاس»."""
        for at, normal in enumerate(sentence.normals[:-1]):
            if (
                normal not in self._naming.introducing
                and normal.removeprefix(CONJUNCTIONS[0]) not in self._naming.introducing
            ):
                continue
            first = at + 1
            while first + 1 < len(sentence.words) and self._is_passed(sentence.normals[first]):
                first += 1
            last = first
            while (
                last - first < _MOST_CALLED - 1
                and not sentence.breaks(last)
                and not self._extent.ends(sentence, last + 1)
            ):
                last += 1
            if not self._is_own(sentence, (first, last)) and sentence.normals[first] not in self._lexicon.stop_words:
                yield (first, last), _INTRODUCED

    def _is_passed(self, normal: str) -> bool:
        """Tell whether a word may stand between a word that introduces a name and the name: «أيضا», «لاحقا»."""
        return (
            normal in _PASSED
            or (normal.endswith("ا") and len(normal) > _LEAST_ADVERB)
            or normal in self._naming.introducing
        )

    def _is_middle(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a word goes on with a name of the question's: «محمد بن إسحاق بن يسار»."""
        if not at or not sentence.is_joined(at - 1) or not any(sentence.own[max(at - _BACK, 0) : at]):
            return False
        before, naming = sentence.normals[at - 1], self._naming
        if before in CONNECTORS:
            return True
        is_given = sentence.normals[at] in naming.given_names and before not in naming.given_names
        return sentence.own[at - 1] and not is_given and self._names.may_continue(before)

    def _is_thing(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell a name of a thing from an adjective or a verb that is as rare."""
        normal = sentence.normals[at]
        if at in self._extent.known(sentence):
            return True
        if not self._is_who and (normal.isascii() or self._extent.is_quoted(sentence, at)):
            return True
        if self._is_who:
            return False
        return not normal.endswith(_ENDINGS) and not self._lexicon.everyday.is_verb(normal)
