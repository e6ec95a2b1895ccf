"""The kind of a word in a message, and whether it shows that somebody speaks, as far as the word alone tells them."""

from enum import StrEnum
from typing import NamedTuple

from bot.answering.knowledge.courtesies import GREETING
from bot.answering.words.known_word import KnownWord, word_fact
from bot.arabic import ARTICLE

DEFINITE = (ARTICLE, "و" + ARTICLE)
_LEAST_SIGN = 3


class Kind(StrEnum):
    """What a word is in a message: grammar, talk, everyday Arabic, a word that may be anything, of news, a name."""

    FUNCTION = "f"
    TALK = "t"
    EVERYDAY = "e"
    OPEN = "o"
    SUBJECT = "s"
    NAME = "n"


class WordKind(NamedTuple):
    """What a word says wherever it stands.

    `kind` is that of an Arabic word, which is unlike others a sign of a speaker wherever it stands where it `is_sign`.
    Of others `on_list` is the kind where a list of talk or grammar has it, `alone` elsewhere, None where its place
    tells. It may be a sign of a speaker: `is_personal` and `greets` show one, the latter where it is set off,
    `is_courtesy` where it is no grammar.
    """

    kind: Kind
    is_sign: bool
    is_listed: bool
    on_list: Kind
    alone: Kind | None
    is_personal: bool
    is_courtesy: bool
    greets: bool
    may_be_talk: bool


@word_fact
def word_kind(word: KnownWord) -> WordKind:
    """Return what a word says wherever it stands."""
    is_talk, is_function = word.is_of_asker or word.is_talk, word.is_function or word.is_function_form
    # «غوغل» is where somebody looked, and what somebody asks about.
    is_open = word.is_name or (word.is_common_talk and not is_talk)
    kind = Kind.FUNCTION if is_function else Kind.OPEN if is_open else Kind.TALK
    found = word.lexicon.courtesies.before.at([word.spoken], 0)
    alone = kind if is_function or is_talk else None
    is_listed = word.is_number or word.is_polite or word.is_function
    own = kind if is_listed or word.is_latin else alone or arabic_kind(word)
    is_personal = word.is_of_asker or word.is_personal or word.is_person
    is_courtesy = len(word.spoken) >= _LEAST_SIGN and word.is_courtesy and not word.is_common
    return WordKind(
        own,
        is_personal or (is_courtesy and own is not Kind.FUNCTION),
        is_listed,
        kind,
        alone,
        is_personal,
        is_courtesy,
        any(kind == GREETING for _, kind in found),
        word.is_latin or word.is_personal or word.is_courtesy,
    )


@word_fact
def arabic_kind(word: KnownWord) -> Kind:
    """Return the kind of an Arabic word that no list has, and that is no name."""
    if word.is_person:
        return Kind.TALK
    if word.is_everyday:
        return Kind.EVERYDAY
    if word.is_news:
        return Kind.OPEN if word.is_rare and not word.normal.startswith(DEFINITE) else Kind.SUBJECT
    return Kind.OPEN if word.may_be_verb else Kind.SUBJECT
