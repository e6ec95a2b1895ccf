"""Talk to the bot that no phrase of small talk foresees, known by its words from a question.

Who says «ضحكتيني والله» or «منو اللي مسويك» speaks to the bot: a word has the pronoun of whoever is spoken to, laughs
or blesses, and the others are everyday ones. What may be a subject of the news is no talk: a name, a number, a question
about a third thing, and more than one word that everyday talk does not have.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.answering.knowledge.word_lists import squeezed
from bot.answering.reasons import AnswerType, Mode, Reason
from bot.answering.words.known_word import KnownWord, word_fact
from bot.answering.words.message import TokenisedText
from bot.answering.words.question_word import QuestionWordFinder
from bot.arabic import normalise

# Chosen: a longer message has something to tell or to ask; from so many words on, two may be unknown.
_MOST_WORDS, _LONG = 14, 7
# Chosen: of a message in Latin letters, whose words are spelled at will, one in three may be unknown.
_LATIN_KNOWN = 3
# A word of so few is almost alone.
_ALONE = 2
# What a word that only one list of small talk has says of a message.
_SAID = (Reason.INSULT, Reason.PRAISE, Reason.THANKS, Reason.FAREWELL)
_COMPLAINING = (Reason.COMPLAINT, Reason.INSULT)
_LATIN_WORD = re.compile(r"[^\W_](?:['’]?[^\W_])*")
# How members speak of the bot to others.
_BOT = frozenset({"هالبوت", "البوت", "بوت", "هلبوت", "bot"})
_THIS = frozenset({"هذا", "هاذا", "هادا", "هاد", "هاذ", "هاي", "ده", "دا", "ذا", "this", "the", "ce", "le"})
_YOU, _YOU_LATIN = "انت", "you"
_OF_HIM, _TO_HIM = re.compile(r"([وف]?(?:ما|عم|[بكهحد])?)(ي(\w{2,}))"), "ت"
# Chosen: a longer message has something else to say.
_MOST_TOLD = 25


@dataclass(frozen=True, slots=True)
class TalkToBot:
    """What talk says, and the stems of its words that are its subject where an edition has them."""

    reason: Reason
    doubtful: tuple[str, ...]


def find_talk_to_bot(whole: TokenisedText, core: TokenisedText) -> TalkToBot | None:
    """Return what a message says that speaks to the bot itself; None where it may ask something about the news.

    Courtesies around a question speak to the bot as well, so its core alone is to be talk too. The core of a message in
    another language may be its gloss, which shows whether it asks.
    """
    if not 1 < len(whole.words) <= _MOST_WORDS:
        return None
    if any(phrase.mode is not Mode.CLAIM and phrase.last - phrase.first > 1 for phrase in whole.modes):
        return None
    # A digit with a letter behind it is one in Latin Arabic.
    if any(word.normal.isdecimal() and not whole.text[word.end : word.end + 1].isalpha() for word in whole.words):
        return None
    is_cut = not core.gloss and len(core.words) < len(whole.words)
    return _Talk(whole, core if core.gloss else None).read() if not is_cut or _Talk(core).is_talk_alone() else None


def with_bot_spoken_to(text: TokenisedText) -> str | None:
    """Return a message about the bot as one that is said to it: «شو بيعمل هالبوت», «شو بتعمل»; None for any other."""
    named = [at for at, normal in enumerate(text.normals) if normal in _BOT]
    if not named or len(text.words) > _MOST_TOLD:
        return None
    beside = {at for bot in named for at in (bot - 1, bot + 1) if 0 <= at < len(text.words)}
    left_out = {*named, *(at for at in beside if text.normals[at] in _THIS)}
    said = {at: told for at, word in enumerate(text.known) if at not in left_out and (told := _told_to_bot(word))}
    # A verb says by itself who is spoken to.
    you = "" if said else _YOU_LATIN if text.known[named[0]].is_latin else _YOU
    written = {at: said.get(at, text.written(word)) for at, word in enumerate(text.words) if at not in left_out}
    written[named[0]] = you
    return " ".join(filter(None, (written[at] for at in sorted(written))))


@word_fact
def _told_to_bot(word: KnownWord) -> str | None:
    """Return a verb of him who is spoken of as one of him who is spoken to, «بيعرف», «بتعرف»; None for any other."""
    match = _OF_HIM.fullmatch(word.normal)
    is_verb = match and any(verbs.is_verb(match[2]) for verbs in (word.lexicon.everyday, word.lexicon.dialects))
    return f"{match[1]}{_TO_HIM}{match[3]}" if match and is_verb else None


class _Talk:
    """The words of a message as they are said, and what they say to the bot."""

    def __init__(self, text: TokenisedText, gloss: TokenisedText | None = None) -> None:
        self._lexicon, self._table, self._language = text.table.lexicon, text.table, text.language
        self._address = self._lexicon.small_talk.address
        self._asked = QuestionWordFinder(gloss or text).find()
        self._is_latin = all(word.is_latin for word in text.known)
        self._written, self._words = list(map(text.written, text.words)), text.known
        if self._is_latin:
            # Digits stand for letters in «9taltni», and would be words of their own. A tatweel alone is no word.
            found = [(word, normal) for word in _LATIN_WORD.findall(text.text) if (normal := normalise(word))]
            self._written, self._words = [word for word, _ in found], self._table.of([normal for _, normal in found])
        # «Turkey» is no Arabic that is spelled in Latin letters.
        written = gloss.gloss.written.values() if gloss and gloss.gloss else ()
        self._foreign = {squeezed(normalise(word)) for word in written}
        self._places = range(len(self._words))

    def read(self) -> TalkToBot | None:
        """Return what the message says, if it is talk."""
        if self._has_name():
            return None
        if self._asked and self._asked.answer_type is AnswerType.PERSON and self._asks_who_made_it():
            reason: Reason | None = Reason.MAKER
        elif self._asked:
            reason = self._question(self._asked.answer_type)
        else:
            reason = self._statement()
        doubtful = (self._words[at] for at in self._unknown if not self._words[at].is_news)
        return TalkToBot(reason, tuple(word.stem for word in doubtful)) if reason else None

    def is_talk_alone(self) -> bool:
        """Whether the core of talk is talk."""
        if self._asked:
            return any(word.asks_of_you for word in self._words)
        return any(map(self._speaks_to, self._words)) or not self._unknown

    @cached_property
    def _swears(self) -> bool:
        return any(word.spoken in self._address.god for word in self._words)

    @cached_property
    def _unknown(self) -> list[int]:
        """The words that news could be about."""
        return [at for at in self._places if not self._is_known(at)]

    @cached_property
    def _says(self) -> list[int]:
        return [at for at in self._places if not self._is_function(at)]

    @property
    def _is_mostly_talk(self) -> bool:
        """Whether half of what a message says, or more, are words of talk."""
        talk = sum(map(self._is_talk, self._says))
        return talk > 0 and 2 * talk >= len(self._says)

    def _asks_who_made_it(self) -> bool:
        """Whether a word says that somebody made whoever is spoken to: «مبرمجك», «بتطويرك», «made you»."""
        near = pairwise([*self._words[:1], *self._words])
        return any(
            word.is_making and (word.base or other.is_you) for pair in near for word, other in (pair, reversed(pair))
        )

    def _has_name(self) -> bool:
        """Whether a name is there that is no everyday word as well: «نوم», «who»."""
        names = self._lexicon.known_names.find([word.normal for word in self._words])
        named = (at for name in names for at in range(name.start, name.end))
        return any(not (self._is_talk(at) or self._is_function(at)) for at in named)

    def _question(self, answer_type: AnswerType) -> Reason | None:
        """Return what a question is about that is one about the bot."""
        # Few questions do, which costs less to see than what each of their words may be.
        if not any(word.asks_of_you for word in self._words) or self._unknown:
            return None
        if any(word.is_laugh for word in self._words):
            return Reason.TALK
        return Reason.GREETING if answer_type is AnswerType.MANNER else Reason.IDENTITY

    def _statement(self) -> Reason | None:
        """Return what a statement says that speaks to the bot, or that all words of are those of talk."""
        most = max(1, len(self._words) // _LATIN_KNOWN) if self._is_latin else 1 + (len(self._words) >= _LONG)
        speaks = any(map(self._speaks_to, self._words))
        is_talk = len(self._unknown) <= most if speaks else not self._unknown and self._is_mostly_talk
        return self._said() if is_talk else None

    def _said(self) -> Reason:
        """Return what most words say that are phrases of small talk by themselves; a blessing gives thanks."""
        phrases = self._lexicon.small_talk.phrases
        is_denied = any(word.spoken in self._address.no for word in self._words)
        spoken = [word.spoken for word in self._words]
        complaints = (reason for at in self._places for _, reason in phrases.at(spoken, at) if reason in _COMPLAINING)
        # «والله تعبت منك» gives no thanks.
        if complaint := next(complaints, None):
            return complaint
        if self._swears and not is_denied and any(map(self._is_addressed, self._words)):
            return Reason.THANKS
        # In order, so that of two that as many words say it is always the same.
        others = dict.fromkeys(word for word in spoken if word not in self._address.god)
        reasons = (phrases.whole([spoken]) for spoken in others)
        said = Counter(reason for reason in reasons if reason in _SAID)
        if not said:
            return Reason.TALK
        [(kind, _)] = said.most_common(1)
        return Reason.TALK if is_denied and kind is not Reason.INSULT else kind

    def _is_addressed(self, word: KnownWord) -> bool:
        return word.is_addressed(is_alone=len(self._words) <= _ALONE)

    def _speaks_to(self, word: KnownWord) -> bool:
        return word.speaks or self._is_addressed(word)

    def _is_talk(self, at: int) -> bool:
        """Whether a word is one of talk; in Latin letters it may be Arabic."""
        word = self._words[at]
        is_listed = word.is_talk_to_bot or (word.sounds_like_talk and word.spoken not in self._foreign)
        return is_listed or word.reason not in {None, Reason.HELP, Reason.IDENTITY}

    def _is_function(self, at: int) -> bool:
        """Whether a word is grammar of any language."""
        is_common = self._lexicon.languages.is_common
        return self._words[at].is_filler or is_common(self._written[at], self._language)

    def _is_known(self, at: int) -> bool:
        """Whether news could not be about a word."""
        word = self._words[at]
        return (
            self._speaks_to(word)
            or word.asks_for_news
            or self._is_talk(at)
            or word.is_making
            or word.reason is not None
            or word.is_courtesy
            or self._is_function(at)
            or word.is_everyday
            or word.is_everyday_verb
        )
