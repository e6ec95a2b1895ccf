"""The question word of a question, told from the same word in other uses, and the type of answer it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.knowledge import Lexicon, Phrase
from bot.answering.question.message import TokenisedText
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE, CONJUNCTIONS, PREPOSITIONS

_SHORT_WORD = 2
_IMPERFECT = ("ي", "ت", "ن")
PRONOUNS = frozenset({"هو", "هي", "هم", "هما", "هوا", "هيا"})
RELATIVES = frozenset({"الذي", "التي", "الذين", "اللي"})

_LONGEST_PHRASE = 4
_BEFORE_WHO = frozenset({"علي", "الي", "مع", "عن", "ضد", "عند", "لدي", "بين"})
_BEFORE_WHICH = frozenset({"في", "من", "علي", "الي", "عن", "مع", "ف", "ب", "ل", "ع"})
_WHO_WITH_FATHA = "م\u064e"
_BEFORE_ANY = frozenset({"دون", "بدون", "غير", "ليس", "ليست", "لا", "لم", "لن"})
# Latin letters by their names: the last of «سي آي إيه» is no question word, nor is that of «إف بي آي».
_LETTERS = frozenset({"اي", "بي", "سي", "دي", "اف", "جي", "ام", "ان", "ار", "اس", "تي", "يو"})
_CLAUSE_ENDS = frozenset('،,.؟?!:؛;\n«"(')

_SCALES = frozenset({"الف", "مليون", "مليار", "تريليون"})
_MOST_PASSED = 4


def bare_question_word(normal: str, lexicon: Lexicon) -> str:
    """Return a question word without the conjunction or preposition attached to it; "" for any other word."""
    if normal in lexicon.question_words:
        return normal
    bare = normal[1:]
    if bare not in lexicon.question_words or (len(bare) <= _SHORT_WORD and bare in lexicon.dialect_question_words):
        return ""
    takes_preposition = len(bare) > _SHORT_WORD or bare == "اي"
    return bare if normal[0] in CONJUNCTIONS or (takes_preposition and normal[0] in PREPOSITIONS) else ""


def is_imperfect(normal: str) -> bool:
    """Tell by its letters whether a word is an imperfect verb, «أغلق» or «يغلق», not «أغلقت» or a definite noun."""
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

    def __init__(self, text: TokenisedText, lexicon: Lexicon, first: int = 0, last: int | None = None) -> None:
        self._text = text.text
        self._words = text.words if last is None else text.words[:last]
        self._normals = text.normals if last is None else text.normals[:last]
        self._first = first
        self._lexicon = lexicon
        self._introductory_words = lexicon.question_fillers

    @staticmethod
    def places(normals: Sequence[str], lexicon: Lexicon) -> list[int]:
        """Return the only places of words in normal form where a question word or phrase can stand."""
        return [
            at
            for at, normal in enumerate(normals)
            if normal in lexicon.phrase_beginnings
            or (normal[0] in CONJUNCTIONS and normal[1:] in lexicon.phrase_beginnings)
            or normal in lexicon.name_words.which
            or bare_question_word(normal, lexicon)
        ]

    def find(self, *, opening: bool = False) -> QuestionWord | None:
        """Return the first question word or phrase, or None; as `opening` only with function words before it."""
        for at in range(self._first, len(self._words)):
            question_word = self._phrase_at(at) or self._word_at(at)
            if question_word or (opening and not _is_function_word(self._normals[at], self._lexicon)):
                return question_word
        return None

    def _phrase_at(self, at: int) -> QuestionWord | None:
        if self._lexicon.phrase_beginnings.isdisjoint(first for first, *_ in self._phrases(at, at + 1)):
            return None
        for last in range(min(at + _LONGEST_PHRASE, len(self._words)), at + 1, -1):
            for phrase in self._phrases(at, last):
                if phrase in self._lexicon.definitions.phrases:
                    return QuestionWord(AnswerType.DEFINITION, at, last)
                if phrase in self._lexicon.question_phrases:
                    return QuestionWord(self._lexicon.question_phrases[phrase], at, last)
        return None

    def _phrases(self, at: int, last: int) -> list[Phrase]:
        """Return the words at a position as a phrase, and without a conjunction attached to the first of them."""
        first, *others = self._normals[at:last]
        return [(first, *others), (first[1:], *others)] if first[0] in CONJUNCTIONS else [(first, *others)]

    def _is_masked(self, at: int) -> bool:
        """Tell whether a word stands in a phrase that does not ask."""
        starts = range(max(at - _LONGEST_PHRASE + 2, self._first), at + 1)
        spans = ((start, start + length) for start in starts for length in range(2, _LONGEST_PHRASE))
        phrases = self._lexicon.no_question_phrases
        return any(last > at and not phrases.isdisjoint(self._phrases(start, last)) for start, last in spans)

    def _word_at(self, at: int) -> QuestionWord | None:
        word = bare_question_word(self._normals[at], self._lexicon)
        if not word or self._is_masked(at) or not self._is_question_word(at, word):
            return QuestionWord(AnswerType.THING, at, at + 1) if self._is_which(at) else None
        return QuestionWord(self._lexicon.question_words[word], at, at + 1)

    def _is_question_word(self, at: int, word: str) -> bool:
        """Tell whether a possible question word asks at its position."""
        before, after = self._normals[self._first : at], self._normal(at + 1)
        match word:
            case "من":
                is_who = not after or after in PRONOUNS or _WHO_WITH_FATHA in self._written(at)
                if after in self._lexicon.name_words.which:
                    return False
                return is_who or (self._can_begin_question(at, _BEFORE_WHO) and not self._asks_anywhere(after))
            case "ما":
                return after in PRONOUNS or after in RELATIVES or self._can_begin_question(at)
            case "لم" | "الم" | "الن" | "اولم":
                # «لم أغلقت؟» asks why, «ألم يغلق؟» whether; «لم يغلق» denies.
                return bool(after) and is_imperfect(after) is (word != "لم") and self._can_begin_question(at)
        is_other = (
            (
                word == "اي"
                and (not after or self._written(at).startswith("آ") or not _BEFORE_ANY.isdisjoint(before[-1:]))
            )
            or (word == "ايه" and len(before) > 1 and _LETTERS.issuperset(before[-2:]))
            or (word == "كم" and self._is_unit(at))
            or (word in self._lexicon.initial_question_words and not self._can_begin_question(at))
        )
        return not is_other

    def _is_which(self, at: int) -> bool:
        """Tell whether a dialect asks which of something: «في أنو معهد», «بيا فندق»; «أنا» is «I» elsewhere."""
        lexicon, noun = self._lexicon, self._normal(at + 1)
        if self._normals[at] not in lexicon.name_words.which or self._is_masked(at):
            return False
        is_behind_preposition = at > self._first and self._normals[at - 1] in _BEFORE_WHICH
        asks = noun in lexicon.name_words.things or noun in lexicon.asking_nouns
        return asks and (is_behind_preposition or self._can_begin_question(at))

    def _can_begin_question(self, at: int, prepositions: frozenset[str] = frozenset()) -> bool:
        """Tell whether a question can begin at a position: where a clause does, or behind «ممكن أعرف» and the like."""
        for position in range(at, self._first, -1):
            if _CLAUSE_ENDS.intersection(self._text[self._words[position - 1].end : self._words[position].start]):
                return True
            if self._normals[position - 1] not in self._introductory_words | prepositions:
                return False
        return True

    def _written(self, at: int) -> str:
        return self._text[self._words[at].start : self._words[at].end]

    def _is_unit(self, at: int) -> bool:
        """Tell whether «كم» is the unit behind a number, «100 كم», and no question word."""
        before = self._text[self._words[self._first].start : self._words[at].start].rstrip()
        return before[-1:].isdecimal()

    def _asks_anywhere(self, normal: str) -> bool:
        """Tell whether a word is a question word whatever precedes it: «من كم», «من أين»."""
        word = bare_question_word(normal, self._lexicon)
        return bool(word) and word not in self._lexicon.initial_question_words

    def _normal(self, at: int) -> str:
        return self._normals[at] if at < len(self._normals) else ""


def opening_question_word(text: TokenisedText, lexicon: Lexicon, first: int = 0) -> QuestionWord | None:
    """Return the question word with which `words[first:]` begin, alone or behind function words, «في أي عام»."""
    return QuestionWordFinder(text, lexicon, first).find(opening=True)


def is_opened_by(question_word: QuestionWord, text: TokenisedText, first: int, lexicon: Lexicon) -> bool:
    """Tell whether nothing but function words stands between a position and the question word behind it."""
    return all(_is_function_word(normal, lexicon) for normal in text.normals[first : question_word.first])


def _is_function_word(normal: str, lexicon: Lexicon) -> bool:
    return normal in lexicon.stop_words or (normal[0] in CONJUNCTIONS and normal[1:] in lexicon.stop_words)


def refine_answer_type(question_word: QuestionWord, normals: Sequence[str], lexicon: Lexicon) -> AnswerType:
    """Return the answer type of a question word with the noun behind it, «كم» and «سعر»; definitions aside."""
    noun = _noun_behind(question_word, normals, lexicon)
    asked = lexicon.asking_nouns.get(noun) or lexicon.asking_nouns.get(noun.removeprefix(ARTICLE))
    is_money = asked is AnswerType.MONEY or noun.removeprefix(ARTICLE) in lexicon.counted_money
    match question_word.answer_type:
        case AnswerType.THING:
            return asked or AnswerType.THING
        case AnswerType.QUANTITY:
            # «سنة كام» asks for a year, «كم سنة» for how many.
            before = normals[question_word.first - 1].removeprefix(ARTICLE) if question_word.first else ""
            counted = AnswerType.MONEY if is_money else AnswerType.QUANTITY
            return AnswerType.TIME if lexicon.asking_nouns.get(before) is AnswerType.TIME else counted
        case AnswerType.MONEY:
            is_price = is_money or _is_of_price(question_word, noun, normals, lexicon)
            return AnswerType.MONEY if is_price else AnswerType.QUANTITY
    return question_word.answer_type


def _is_of_price(question_word: QuestionWord, noun: str, normals: Sequence[str], lexicon: Lexicon) -> bool:
    """Tell whether «بكم» asks for a price: «بكم الكتاب», «بقداش حصة السياقة», «بشحال شرات»; «بكم هدفا» counts."""
    if not noun or noun.startswith(ARTICLE) or lexicon.dialects.is_verb(noun):
        return True
    at = next(at for at in range(question_word.last, len(normals)) if normals[at] == noun)
    # «بشحال كان دخول معرض الزربية؟»: what is counted stands right behind the question word.
    return at > question_word.last or any(behind.startswith(ARTICLE) for behind in normals[at + 1 : at + 2])


def _noun_behind(question_word: QuestionWord, normals: Sequence[str], lexicon: Lexicon) -> str:
    """Return the first word behind the question word that is no function word, no filler and no superlative."""
    passed = {*PRONOUNS, *RELATIVES, *_SCALES, *lexicon.definitions.superlatives}
    for normal in normals[question_word.last : question_word.last + _MOST_PASSED]:
        is_passed = normal in passed or normal in lexicon.stop_words or normal in lexicon.question_fillers
        if normal in lexicon.asking_nouns or not is_passed:
            return normal
    return ""
