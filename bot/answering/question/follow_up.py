"""Follow-up questions: a message that asks and names no subject of its own leans on the question before it.

«ومتى؟» and «وكم بلغت كلفتها؟» can be answered only as part of that question; «ومتى افتتح الجسر؟» stands alone. No
dictionary tells a verb from a name, so what may well be a subject is taken for one: such a message stays as it is.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.answering.knowledge import Lexicon
from bot.answering.question.question import Question, analyse
from bot.answering.reasons import AnswerType
from bot.arabic import Analyser, Term, normalise, words

# Three letters before it keep «سهم» and «وجه» from being what somebody has.
_PRONOUN = re.compile(r"(\w{3,})(?:ها|هما|هم|هن)")
_WEAK_PRONOUN = re.compile(r"(\w{3,})ه")
_TATWEEL = "\u0640"

_DEFINITE = re.compile(r"[وف]?(?:[بك]?ال|لل)\w{2,}")
_PROCLITICS = ("و", "ف")
# «أين حلب؟» and «من نزار؟» ask about a name; «متى انتهت؟» and «كم كلفت؟» cannot.
_OF_NAMES = {AnswerType.PLACE, AnswerType.PERSON, AnswerType.THING, AnswerType.DEFINITION}


def without_diacritics(word: str) -> str:
    """Return a word as written without diacritics; hamza and ة stay."""
    plain = word.replace(_TATWEEL, "")
    return plain if plain.isalpha() else "".join(each for each in plain if not unicodedata.combining(each))


def without_pronoun(word: str) -> str | None:
    """Return a word as written without the pronoun on it, «كلفة» for «كلفتها»; None where it has none."""
    plain = without_diacritics(word)
    match = _PRONOUN.fullmatch(plain) or _WEAK_PRONOUN.fullmatch(plain)
    if match is None:
        return None
    base = match[1]
    if base.endswith("ت"):
        return base[:-1] + "ة"
    return base[:-1] + "ء" if base[-1] in "ؤئ" else base


def noun_answer_type(word: str, lexicon: Lexicon) -> AnswerType | None:
    """Return what a noun as written asks for, where it is one like «السعر» or «قيمتها» that says so."""
    normal = normalise(word)
    forms = (normal, normal.removeprefix("و").removeprefix("ال"), normalise(without_pronoun(word) or ""))
    return next(filter(None, map(lexicon.asking_nouns.get, forms)), None)


class _Role(Enum):
    """What a word of a question may be to a question before it."""

    SUBJECT = auto()
    ASKING = auto()
    NUMBER = auto()
    OWNED = auto()
    PERHAPS_OWNED = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class StrippedMessage:
    """A message from its first word that opens nothing, and whether something before or on it goes on from before."""

    rest: str
    is_continuation: bool


def strip_openers(text: str, lexicon: Lexicon) -> StrippedMessage:
    """Take «طيب», «شكرا» and the like from before a question."""
    skipped = 0
    for word in words(text):
        if word.normal not in lexicon.openers:
            joined = word.normal[:1] in _PROCLITICS and word.normal[1:] in lexicon.question_words
            return StrippedMessage(text[word.start :], bool(skipped) or joined)
        skipped += 1
    return StrippedMessage("", bool(skipped))


def text_depends_on_previous(text: str, analyser: Analyser, lexicon: Lexicon, *, is_reply: bool) -> bool:
    """Tell whether a cleaned message leans on a question before it; in a reply to an answer, weaker signs do."""
    begun = strip_openers(text, lexicon)
    return depends_on_previous(
        analyse(begun.rest, analyser, lexicon), lexicon, is_continuation=begun.is_continuation, is_reply=is_reply
    )


def depends_on_previous(question: Question, lexicon: Lexicon, *, is_continuation: bool, is_reply: bool) -> bool:
    """Tell of an analysed message, what opens nothing aside, whether it leans on a question before it.

    It does where it has a question word and besides it nothing, asking nouns and numbers («وكم العدد؟»), what belongs
    to somebody unnamed («من وقعها؟», with at most one word more, two where it goes on from before), or a single word
    that is no name: behind «متى», «كم» and the like, or where it goes on from before («ومن وقع؟»).
    """
    if question.answer_type is None:
        return False
    roles = Counter(_roles(question, lexicon))
    owned, others = roles[_Role.OWNED], roles[_Role.OTHER]
    if is_continuation or is_reply:
        owned += roles[_Role.PERHAPS_OWNED]
    else:
        others += roles[_Role.PERHAPS_OWNED]
    if roles[_Role.SUBJECT] or not others:
        return not roles[_Role.SUBJECT]
    if owned:
        return others <= 1 + is_continuation
    return others == 1 and (question.answer_type not in _OF_NAMES or is_continuation)


def _roles(question: Question, lexicon: Lexicon) -> Iterator[_Role]:
    """Say what each word may be; what follows tells whose «مساحة» it is, and of what kind «كلفتها الإجمالية» is."""
    before = None
    for term in question.terms:
        written = without_diacritics(question.text[term.start : term.end])
        role = _role(term, written, lexicon)
        if before is _Role.OWNED and _DEFINITE.fullmatch(written):
            continue
        if before is _Role.ASKING and role is _Role.OTHER:
            role = _Role.SUBJECT
        before = role
        yield role


def _role(term: Term, written: str, lexicon: Lexicon) -> _Role:
    if term.normal[0].isdecimal():
        return _Role.NUMBER
    if noun_answer_type(written, lexicon):
        return _Role.OWNED if without_pronoun(written) else _Role.ASKING
    if _DEFINITE.fullmatch(written) or _is_name(term, lexicon):
        return _Role.SUBJECT
    if without_pronoun(written):
        return _Role.PERHAPS_OWNED if written.endswith("ه") else _Role.OWNED
    return _Role.OTHER


def _is_name(term: Term, lexicon: Lexicon) -> bool:
    """Tell whether a word is a name known to the lexicon, or in other letters than Arabic."""
    forms = {term.stem, term.without_proclitic}
    spellings = {stem for form in forms for stem in lexicon.synonyms.get(form, ())}
    return term.normal.isascii() or not forms.isdisjoint(lexicon.names) or any(map(str.isascii, spellings))
