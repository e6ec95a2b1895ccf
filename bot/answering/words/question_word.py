"""The question word of a text, as against the same word in other uses."""

from dataclasses import dataclass

from bot.answering.reasons import AnswerType
from bot.answering.words.message import TokenisedText

_IMPERFECT = ("ي", "ت", "ن")
PRONOUNS = frozenset({"هو", "هي", "هم", "هما", "هوا", "هيا"})
RELATIVES = frozenset({"الذي", "التي", "الذين", "اللي"})

_BEFORE_WHO = frozenset({"علي", "الي", "مع", "عن", "ضد", "عند", "لدي", "بين"})
_BEFORE_WHICH = frozenset({"في", "من", "علي", "الي", "عن", "مع", "ف", "ب", "ل", "ع"})
_WHO_WITH_FATHA = "م\u064e"
_BEFORE_ANY = frozenset({"دون", "بدون", "غير", "ليس", "ليست", "لا", "لم", "لن"})
# Latin letters by their names: the last of «سي آي إيه» is no question word, nor is that of «إف بي آي».
_LETTERS = frozenset({"اي", "بي", "سي", "دي", "اف", "جي", "ام", "ان", "ار", "اس", "تي", "يو"})
_CLAUSE_ENDS = frozenset('،,.؟?!:؛;\n«"(')


def is_imperfect(normal: str) -> bool:
    """Whether a word has the letters of an imperfect verb, «أغلق» or «يغلق», not «أغلقت» or a definite noun."""
    is_first_person = normal[0] == "ا" and normal[1:2] != "ل" and normal[-1] != "ت"
    return is_first_person or normal.startswith(_IMPERFECT)


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """The position of a question word or phrase, `words[first:last]`, and the answer type that it alone tells."""

    answer_type: AnswerType
    first: int
    last: int


class QuestionWordFinder:
    """Finds the question word of a text, and passes over the same words where they do not ask.

    Of a text it reads `words[first:last]` as if nothing stood around them.
    """

    def __init__(self, text: TokenisedText, first: int = 0, last: int | None = None) -> None:
        self._text, self._first = text, first
        self._last = len(text.words) if last is None else last
        self._normals, self._known = text.normals, text.known
        self._lexicon = text.table.lexicon

    def find(self, *, opening: bool = False) -> QuestionWord | None:
        """Return the first question word or phrase, or None; as `opening` only with function words before it."""
        passed = self._first
        for at in self._text.question_places:
            if not self._first <= at < self._last:
                continue
            # Whatever stands between two places where something may ask.
            if opening and not all(word.is_stop_word for word in self._known[passed:at]):
                return None
            if found := self._phrase_at(at) or self._word_at(at):
                return found
            passed = at
        return None

    def _phrase_at(self, at: int) -> QuestionWord | None:
        found = self._lexicon.question_phrases.at(self._normals, at, self._last)
        return next((QuestionWord(answer_type, at, end) for end, answer_type in found), None)

    def _is_masked(self, at: int) -> bool:
        """Whether a word stands in a phrase that does not ask."""
        phrases = self._lexicon.no_question_phrases
        starts = range(max(at - phrases.longest + 1, self._first), at + 1)
        return any(end > at for start in starts for end, _ in phrases.at(self._normals, start, self._last))

    def _word_at(self, at: int) -> QuestionWord | None:
        word = self._known[at].question_word
        if not word or self._is_masked(at) or not self._is_question_word(at, word):
            return QuestionWord(AnswerType.THING, at, at + 1) if self._is_which(at) else None
        return QuestionWord(self._lexicon.question_words[word], at, at + 1)

    def _is_question_word(self, at: int, word: str) -> bool:
        """Whether a possible question word asks at its position."""
        before, after = self._normals[max(self._first, at - 2) : at], self._normal(at + 1)
        match word:
            case "من":
                is_who = not after or after in PRONOUNS or _WHO_WITH_FATHA in self._written(at)
                can_ask = self._can_begin_question(at, _BEFORE_WHO)
                is_which = after in self._lexicon.name_words.which
                return not is_which and (is_who or (can_ask and not self._known[at + 1].asks))
            case "ما":
                return after in PRONOUNS or after in RELATIVES or self._can_begin_question(at)
            case "لم" | "الم" | "الن" | "اولم":
                # «لم أغلقت؟» asks why, «ألم يغلق؟» whether; «لم يغلق» denies.
                return bool(after) and is_imperfect(after) is (word != "لم") and self._can_begin_question(at)
        # «100 كم»
        is_unit = at > self._first and self._text.text[: self._text.words[at].start].rstrip()[-1:].isdecimal()
        is_other = (
            (
                word == "اي"
                and (not after or self._written(at).startswith("آ") or not _BEFORE_ANY.isdisjoint(before[-1:]))
            )
            or (word == "ايه" and len(before) > 1 and _LETTERS.issuperset(before))
            or (word == "كم" and is_unit)
        )
        return not is_other and (self._known[at].asks or self._can_begin_question(at))

    def _is_which(self, at: int) -> bool:
        """Whether a dialect asks which of something: «في أنو معهد», «بيا فندق»; «أنا» is «I» elsewhere."""
        names, noun = self._lexicon.name_words, self._normal(at + 1)
        if self._normals[at] not in names.which or self._is_masked(at):
            return False
        is_behind_preposition = at > self._first and self._normals[at - 1] in _BEFORE_WHICH
        asks = noun in names.things or noun in self._lexicon.asking_nouns
        return asks and (is_behind_preposition or self._can_begin_question(at))

    def _can_begin_question(self, at: int, prepositions: frozenset[str] = frozenset()) -> bool:
        """Whether a question can begin at a position: where a clause does, or behind «ممكن أعرف» and the like."""
        words, passed = self._text.words, self._lexicon.question_fillers
        for position in range(at, self._first, -1):
            if _CLAUSE_ENDS.intersection(self._text.text[words[position - 1].end : words[position].start]):
                return True
            before = self._normals[position - 1]
            if before not in passed and before not in prepositions:
                return False
        return True

    def _written(self, at: int) -> str:
        return self._text.written(self._text.words[at])

    def _normal(self, at: int) -> str:
        return self._normals[at] if at < self._last else ""
