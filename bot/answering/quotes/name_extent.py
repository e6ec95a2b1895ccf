"""How far a name goes in a sentence: its further words, and a person's title before it."""

from bot.answering.evidence import AskedNames
from bot.answering.knowledge import Lexicon
from bot.answering.quotes.quoted_sentence import OPENING_MARKS, Positions, QuotedSentence
from bot.arabic import ARTICLE, CONJUNCTIONS, PREPOSITIONS

MOST_WORDS = 5
"""The most words of a name, its title aside."""
_OF_NAMES = frozenset({"الله", "الدين"})
CONNECTORS = _OF_NAMES | frozenset(
    {"بن", "ابن", "بنت", "ابو", "ام", "ال", "عبد", "دي", "دا", "فان", "فون", "لا", "لو", "ديل"}
)
"""Words within names."""
NISBA = ("ي", "يه")


class NameExtent:
    """Tells how far names go."""

    def __init__(self, names: AskedNames, lexicon: Lexicon) -> None:
        self._names, self._lexicon, self._naming = names, lexicon, lexicon.name_words
        self._known = dict[QuotedSentence, dict[int, int]]()

    def known(self, sentence: QuotedSentence) -> dict[int, int]:
        """Return the last position of each known name of a sentence by its first."""
        if sentence not in self._known:
            found = self._lexicon.known_names.find(sentence.normals)
            self._known[sentence] = {match.start: match.end - 1 for match in found}
        return self._known[sentence]

    def whole(self, sentence: QuotedSentence, at: int, *, is_person: bool) -> Positions:
        """Return the positions of a name from one of its words: all of a quotation, and a person's title."""
        if self.is_quoted(sentence, at) and (quoted := sentence.marked_name(at)):
            return quoted
        first, last = at, self.known(sentence).get(at, at)
        while last - at + 1 < MOST_WORDS and sentence.is_joined(last) and self.goes_on(sentence, last + 1):
            last += 1
        is_listed = sentence.normals[first].startswith(CONJUNCTIONS[0]) and not self.is_given(sentence.normals[first])
        if first and sentence.is_joined(first - 1) and not is_listed and self._begins_before(sentence, first - 1):
            first -= 1
        while last > at and sentence.normals[last] in CONNECTORS - _OF_NAMES:
            last -= 1
        return (self._with_title(sentence, first) if is_person else first), last

    def goes_on(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a word goes on with a name."""
        normal = sentence.normals[at]
        if sentence.words[at].normal.isascii():
            return sentence.text[sentence.words[at].start].isupper()
        if normal in self._lexicon.stop_words and normal not in CONNECTORS:
            return False
        if normal.startswith(CONJUNCTIONS[0]) and not self.is_given(normal):
            return False
        return normal in CONNECTORS or self._names.may_continue(normal)

    def is_given(self, normal: str) -> bool:
        """Tell whether a word that begins like an «and» is a given name: «وليد», not «وسعيد»."""
        naming = self._naming
        return normal in naming.given_names and normal.removeprefix(CONJUNCTIONS[0]) not in naming.given_names

    def ends(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a word ends a name before it, whatever it is: a function word, a verb, an «and»."""
        normal = sentence.normals[at]
        naming = self._naming
        has_and = (
            normal.startswith(CONJUNCTIONS[0])
            and normal not in naming.persons
            and normal not in naming.things | naming.places
        )
        return normal in self._lexicon.stop_words or has_and or self._lexicon.everyday.is_verb(normal)

    def is_listed(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a name goes on with a list of names: «بيتر ثيل وأليكس كارب»."""
        normal = sentence.normals[at]
        return sentence.is_joined(at - 1) and normal.startswith(CONJUNCTIONS[0]) and not self.is_given(normal)

    def _begins_before(self, sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a name begins with the word before: «404 Media», «وحيدة سعدي»."""
        normal, normals = sentence.normals[at], sentence.normals
        if normals[at + 1].isascii():
            return normal.isdecimal()
        is_noun = normal in self._naming.persons or normal in self._naming.things or normal in self._lexicon.stop_words
        is_noun |= sentence.own[at] or normal.startswith((ARTICLE, *PREPOSITIONS)) or normal in self._naming.titles
        return not is_noun and self._names.may_continue(normal) and not normal.endswith((*NISBA, "ا"))

    def _with_title(self, sentence: QuotedSentence, at: int) -> int:
        """Return where a name begins with the title before it, an adjective between them or none."""
        for first in (at - 1, at - 2):
            if first < 0 or not all(sentence.is_joined(one) for one in range(first, at)) or sentence.own[first]:
                break
            normal = sentence.normals[first]
            if normal in self._naming.persons or normal in self._lexicon.definitions.offices:
                return first
            if not (normal.startswith(ARTICLE) and normal.endswith(NISBA)):
                break
        return at

    @staticmethod
    def is_quoted(sentence: QuotedSentence, at: int) -> bool:
        """Tell whether a quotation mark stands right before a word."""
        start = sentence.words[at].start
        return start > 0 and sentence.text[start - 1] in OPENING_MARKS
