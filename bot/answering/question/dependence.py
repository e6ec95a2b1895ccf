"""Follow-up questions: a question that names no subject of its own depends on the question before it.

«ومتى؟» and «وكم بلغت كلفتها؟» can be answered only as part of that question; «ومتى افتتح الجسر؟» stands alone. No
dictionary tells a verb from a name, so a word that may be a subject is taken for one: such a message stays as it is.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise

from bot.answering.knowledge import Lexicon
from bot.answering.question.question import Question
from bot.answering.reasons import AnswerType
from bot.answering.words import RELATIVES, WordTable
from bot.arabic import ARTICLE, NISBA, Term, normalise
from bot.arabic.dates import is_year
from bot.retrieval import SearchEngine

# With three letters before the pronoun, «سهم» and «وجه» have none.
_PRONOUN = re.compile(r"(\w{3,})(?:ها|هما|هم|هن)")
_OBJECTS = ("ها", "هم", "ه")
_WEAK_PRONOUN = re.compile(r"(\w{3,})ه")
# «عمرو» is «عمره» in the Maghreb and the Levant; only of nouns that ask is that certain.
_DIALECT_PRONOUN = "و"
# The imperfect, «تبدأ», and the perfect with an ending, «تهاوت»; «ال» begins a noun.
_VERB = re.compile(r"[يتن]\w{2,}|(?!ال)\w+(?:ت|وا)")
_TATWEEL = "\u0640"
# Few words make up most messages; the bound keeps a stream of made-up words out of memory.
_REMEMBERED = 1 << 12

# «والدة» and «والي» have no article.
_LEAST_DEFINITE = 5
_DEFINITE = re.compile(r"[وف]?(?:[بك]?ال|لل)\w{2,}")
# «أين حلب؟» and «من نزار؟» ask about a name; «متى انتهت؟» and «كم كلفت؟» cannot.
_OF_NAMES = {AnswerType.PLACE, AnswerType.PERSON, AnswerType.THING, AnswerType.DEFINITION}


def without_diacritics(word: str) -> str:
    """Return a word as written without tatweel and diacritics; hamza and ة stay."""
    plain = word.replace(_TATWEEL, "")
    return plain if plain.isalpha() else "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(_REMEMBERED)
def without_pronoun(word: str) -> str | None:
    """Return a word as written without its attached pronoun, «كلفة» for «كلفتها»; None where it has none."""
    plain = without_diacritics(word)
    match = _PRONOUN.fullmatch(plain) or _WEAK_PRONOUN.fullmatch(plain)
    if match is None:
        return None
    base = match[1]
    if base.endswith("ت"):
        return base[:-1] + "ة"
    return base[:-1] + "ء" if base[-1] in "ؤئ" else base


def without_noun_pronoun(word: str, lexicon: Lexicon) -> str | None:
    """Return a word as written without its pronoun, also «عمر» for «عمرو» of a noun that asks."""
    bare = without_diacritics(word).removesuffix(_DIALECT_PRONOUN)
    is_dialect = word.endswith(_DIALECT_PRONOUN) and normalise(bare) in lexicon.asking_nouns
    return bare if is_dialect else without_pronoun(word)


def noun_answer_type(word: str, lexicon: Lexicon) -> AnswerType | None:
    """Return the answer type that a noun as written asks for, «السعر» or «قيمتها»; None for other words."""
    return next(filter(None, map(lexicon.asking_nouns.get, _noun_forms(word))), None)


@lru_cache(_REMEMBERED)
def _noun_forms(word: str) -> tuple[str, ...]:
    """Return the normal forms that a noun as written may have without article and pronoun."""
    normal = normalise(word)
    bare = normal.removeprefix("و").removeprefix(ARTICLE)
    return normal, bare, normalise(without_pronoun(word) or ""), normal.removesuffix(_DIALECT_PRONOUN)


class _Role(Enum):
    """The role that a word of a question can have for its dependence on a previous question."""

    SUBJECT = auto()
    ASKING_NOUN = auto()
    NUMBER = auto()
    POSSESSED = auto()
    PERHAPS_POSSESSED = auto()
    OTHER = auto()


_OPEN = {_Role.OTHER, None}


class Dependence(Enum):
    """Whether a question depends on a previous one: never, only where it replies to an answer, or in any case.

    One that is joined to it, «ومتى أغلق الجسر؟», stands alone, but is completed where that is supported.
    """

    NONE = auto()
    JOINED = auto()
    IN_REPLY = auto()
    ALWAYS = auto()


def find_dependence(question: Question, lexicon: Lexicon, *, is_continuation: bool) -> Dependence:
    """Whether a question, without openers, depends on a previous one.

    It does where, besides its question word, it has nothing but asking nouns and numbers («وكم العدد؟»), a noun with
    the pronoun of somebody unnamed («من وقعها؟», and at most one word more, two in a continuation), or a single word
    that is no name: behind «متى», «كم» and the like, or in a continuation («ومن وقع؟»). A final «ه» may be a «ة»
    misspelt; it counts for a pronoun in a continuation and in a reply.
    """
    if question.answer_type is None:
        is_asking = is_other_year(question, lexicon) or is_noun_alone(question, lexicon)
        return Dependence.IN_REPLY if is_asking else Dependence.NONE
    roles = Counter([role for _, role in _roles(question, lexicon)])
    only = question.terms[0] if len(question.terms) == 1 else None
    is_event = only is not None and _is_no_name(only, question, lexicon)
    has_pronoun = question.gloss is not None and question.gloss.has_pronoun
    # «their coach», but not «qui est-il, Messi ?».
    written = question.gloss.written.get(question.text[only.start : only.end], "") if question.gloss and only else ""
    if has_pronoun and is_event and not written[:1].isupper():
        return Dependence.ALWAYS
    if roles[_Role.SUBJECT]:
        # «الهدف», «النتيجة» are attributes of something unnamed.
        bare = only.normal.removeprefix("و").removeprefix(ARTICLE) if only else ""
        is_attribute = only is not None and bare != only.normal and bare in lexicon.definitions.attributes
        return Dependence.IN_REPLY if is_attribute else Dependence.NONE
    possessed, perhaps, others = (roles[role] for role in (_Role.POSSESSED, _Role.PERHAPS_POSSESSED, _Role.OTHER))

    def is_dependent(possessed: int, others: int) -> bool:
        if not others or possessed:
            return others <= 1 + is_continuation
        return others == 1 and (question.answer_type not in _OF_NAMES or is_continuation)

    if is_dependent(possessed, others + perhaps) and not is_continuation:
        # Arabic has an article where a subject is named: a gloss has none, and another language says its pronouns.
        names_subject = question.gloss and not has_pronoun and others + perhaps
        return Dependence.IN_REPLY if names_subject else Dependence.ALWAYS
    if is_dependent(possessed + perhaps, others):
        return Dependence.ALWAYS if is_continuation else Dependence.IN_REPLY
    normal = only.normal if only else ""
    # «The bridge» is known, «the director» is one of something.
    is_of_other = lexicon.is_relation(normal) or normal in lexicon.definitions.attributes
    is_known = question.gloss is not None and normal in question.gloss.definite and not is_of_other
    return Dependence.IN_REPLY if is_event and not is_known else Dependence.NONE


def is_joined(question: Question, table: WordTable) -> bool:
    """Whether a question begins with «and», or «و» on its first word, «ومصر شو عملت؟», or ends in «طيب».

    Of some words «و» is a letter, «وزير»: there it is for an index to tell.
    """
    lexicon = table.lexicon
    if question.words and question.words[-1].normal in lexicon.openers:
        return True
    if question.gloss:
        opening = normalise(question.gloss.source.partition(" ")[0].strip(",."))
        return any(opening in glossary.openers for glossary in lexicon.glossaries.values())
    opening = question.words[0].normal if question.terms else ""
    noun = opening.removeprefix("و")
    if noun.startswith(ARTICLE):
        return noun != opening and len(noun) >= _LEAST_DEFINITE
    known = lexicon.known_names
    return noun != opening and len(noun) > 1 and not (table[opening].is_function or known.has(opening))


def is_other_year(question: Question, lexicon: Lexicon) -> bool:
    """Whether a message has nothing but a year and no question word, «وفي 2020؟»."""
    years = [term for term in question.terms if is_year(term.normal)]
    others = (term.normal.removeprefix("و") for term in question.terms if term not in years)
    is_year_alone = question.answer_type is None and len(years) == 1
    return is_year_alone and all(lexicon.asking_nouns.get(normal) is AnswerType.TIME for normal in others)


def is_noun_alone(question: Question, lexicon: Lexicon) -> bool:
    """Whether a message without a question word is a noun that asks of something unnamed, «والسبب؟», «عمره؟»."""
    if question.answer_type is not None or len(question.terms) != 1:
        return False
    [term] = question.terms
    written = without_diacritics(question.text[term.start : term.end])
    is_known = question.gloss is not None and term.normal in question.gloss.definite
    bare = term.normal.removeprefix("و")
    is_of_other = is_known or bare.startswith(ARTICLE) or without_noun_pronoun(written, lexicon)
    return noun_answer_type(written, lexicon) is not None and bool(is_of_other)


def names_subject_of(index: SearchEngine, question: Question, table: WordTable) -> bool:
    """Whether a question names a subject by a word that an edition has and news at large seldom, «بالزيتونة»."""
    rare = (term for term, role in _roles(question, table.lexicon) if role in _OPEN and _is_rare(term, question, table))
    return any(index.document_frequency(term.stem) > 0 for term in rare)


def find_subjects(question: Question, table: WordTable) -> set[Term]:
    """Return the terms that name subjects: with an article, by a known name, or by a word that is rare in news."""
    found = _roles(question, table.lexicon)
    return {term for term, role in found if role is _Role.SUBJECT or _is_rare(term, question, table)}


def _is_rare(term: Term, question: Question, table: WordTable) -> bool:
    """Whether a word is rare in news at large, has not the form of a verb, and is none of everyday talk."""
    word = table[term.normal]
    is_open = word.is_rare and not word.is_everyday and not _VERB.fullmatch(term.normal)
    return is_open and not _is_no_name(term, question, table.lexicon)


def _is_no_name(term: Term, question: Question, lexicon: Lexicon) -> bool:
    """Whether a word is listed as one that means something, «عايش», «فاز»; names are in none of the lists."""
    return (
        term.stem in question.standard_terms
        or term.stem in lexicon.synonyms
        or lexicon.everyday.is_verb(term.normal)
        or lexicon.is_relation(term.normal)
    )


def _roles(question: Question, lexicon: Lexicon) -> Iterator[tuple[Term, _Role | None]]:
    """Yield each term with its role; a noun behind «مساحة» is its subject, an adjective behind «كلفتها» has no role."""
    previous, is_owned = None, False
    is_dialect = any(word.normal in lexicon.dialect_question_words for word in question.words)
    behind_relatives = {word.start for before, word in pairwise(question.words) if before.normal in RELATIVES}
    # «كم سعر» as a whole asks: its noun is no term.
    behind_nouns = {
        word.start
        for before, word in pairwise(question.words)
        if before.normal in lexicon.asking_nouns and before.normal not in lexicon.question_words
    }
    for term in question.terms:
        written = without_diacritics(question.text[term.start : term.end])
        role = _role(term, written, lexicon)
        # A verb stands there, however short: «شكون اللي حلها؟».
        if role in _OPEN and term.start in behind_relatives and written.endswith(_OBJECTS):
            role = _Role.POSSESSED
        looks_so = term.normal in lexicon.possessed_adjectives or term.normal.endswith(NISBA)
        # Dialects put nouns there too.
        is_adjective = not is_dialect or (looks_so and not is_owned)
        if previous is _Role.POSSESSED and _DEFINITE.fullmatch(written) and is_adjective and not is_name(term, lexicon):
            yield term, None
            continue
        is_behind = term.start in behind_nouns and not lexicon.everyday.is_verb(term.normal)
        if role is _Role.OTHER and (previous is _Role.ASKING_NOUN or is_behind):
            role = _Role.SUBJECT
        previous = role
        # «عمرو السبسي»: what stands behind is the owner.
        is_owned = role is _Role.POSSESSED and written.endswith(_DIALECT_PRONOUN)
        yield term, role


def _role(term: Term, written: str, lexicon: Lexicon) -> _Role:
    if term.normal[0].isdecimal():
        return _Role.NUMBER
    if noun_answer_type(written, lexicon):
        return _Role.POSSESSED if without_noun_pronoun(written, lexicon) else _Role.ASKING_NOUN
    if _DEFINITE.fullmatch(written) or is_name(term, lexicon):
        return _Role.SUBJECT
    if without_pronoun(written):
        return _Role.PERHAPS_POSSESSED if written.endswith("ه") else _Role.POSSESSED
    return _Role.OTHER


def is_name(term: Term, lexicon: Lexicon) -> bool:
    """Whether a word is a name that the lexicon has, or not written in Arabic letters."""
    forms = {term.stem, term.without_proclitic}
    spellings = {stem for form in forms for stem in lexicon.synonyms.get(form, ())}
    return term.normal.isascii() or not forms.isdisjoint(lexicon.names) or any(map(str.isascii, spellings))
