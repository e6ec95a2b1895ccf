"""Talk: a message to the bot itself that no phrase of small talk foresees, told by its words from a question.

Who says «ضحكتيني والله» or «منو اللي مسويك» speaks to the bot: a word has the pronoun of whoever is spoken to, laughs
or blesses, and the others are everyday ones. What may be a subject of the news is no talk: a name, a number, a question
about a third thing, and more than one word that everyday talk does not have.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.answering.knowledge import Background, Lexicon
from bot.answering.knowledge.word_lists import squeezed
from bot.answering.question.message import TokenisedText
from bot.answering.question.question_type import QuestionWordFinder
from bot.answering.reasons import AnswerType, Mode, Reason
from bot.arabic import ARTICLE, PREPOSITIONS, light_stem, normalise

# Chosen: a longer message has something to tell or to ask; from so many words on, two may be unknown.
_MOST_WORDS, _LONG = 14, 7
# Chosen: of a message in Latin letters, whose words are spelled at will, one in three may be unknown.
_LATIN_KNOWN = 3
# Chosen: a message that speaks to nobody is talk if so many of its words are, and half of what it says.
_LEAST_TALK = 2
_LEAST_BASE = 3
_LONGEST_CALL = 4
# Chosen, per million: a word that news has less often is the name of something, if the edition has it.
_RARE = 3.0
# What a word that only one list of small talk has says of a message.
_TOLD = (Reason.INSULT, Reason.PRAISE, Reason.THANKS, Reason.FAREWELL)
_LATIN_WORD = re.compile(r"[^\W_](?:['’]?[^\W_])*")
_LAST_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class UnlistedTalk:
    """What talk says, and the stems of its words that are its subject where an edition has them."""

    reason: Reason
    doubtful: tuple[str, ...]


def find_unlisted_talk(
    whole: TokenisedText, core: TokenisedText, lexicon: Lexicon, background: Background
) -> UnlistedTalk | None:
    """Return what a message says that speaks to the bot itself; None where it may ask something about the news.

    Courtesies around a question speak to the bot as well, so its core alone is to be talk too. The core of a message in
    another language may be its gloss, in which it is seen whether that asks.
    """
    if not 1 < len(whole.words) <= _MOST_WORDS:
        return None
    if any(
        phrase.mode is not Mode.CLAIM and phrase.last - phrase.first > 1
        for phrase in lexicon.mode_phrases.find(whole.normals)
    ):
        return None
    if any(word.normal.isdecimal() for word in whole.words if not _is_in_latin(whole, word.end)):
        return None
    reader = _TalkReader(whole, lexicon, background, core if core.gloss else None)
    is_cut = not core.gloss and len(core.words) < len(whole.words)
    if is_cut and not _TalkReader(core, lexicon, background).is_talk_alone(calls=reader.calls):
        return None
    return reader.read()


def _is_in_latin(text: TokenisedText, end: int) -> bool:
    """Tell whether a letter stands directly behind an offset."""
    return text.text[end : end + 1].isalpha()


class _TalkReader:
    """The words of a message, each told: whether it speaks to the bot, is one of talk, or may be a subject."""

    def __init__(
        self, text: TokenisedText, lexicon: Lexicon, background: Background, gloss: TokenisedText | None = None
    ) -> None:
        self._lexicon, self._words, self._background = lexicon, lexicon.small_talk.talk_words, background
        self._is_glossed = gloss is not None
        # «Turkey» is no Arabic that is spelled in Latin letters.
        written = gloss.gloss.written.values() if gloss and gloss.gloss else ()
        self._foreign = {squeezed(normalise(word)) for word in written}
        self._language, self._asked = text.language, QuestionWordFinder(gloss or text, lexicon).find()
        self._is_latin = all(word.normal[0] <= _LAST_LATIN for word in text.words)
        # Digits stand for letters in «9taltni», and would be words of their own.
        found = _LATIN_WORD.findall(text.text) if self._is_latin else map(text.written, text.words)
        # A tatweel or a small letter that stands alone is no word: «what is ـ this».
        spoken = [(word, normal) for word in found if (normal := normalise(word))]
        self._written, self._normals = [word for word, _ in spoken], [normal for _, normal in spoken]
        self._folded = list(map(squeezed, self._normals))
        self._places = range(len(self._written))

    @cached_property
    def _unknown(self) -> list[int]:
        return [at for at in self._places if not self._is_known(at)]

    def read(self) -> UnlistedTalk | None:
        """Return what the message says, if it is talk."""
        if self._has_name():
            return None
        if self._asks_who() and any(map(self._is_maker, self._places)):
            reason = Reason.MAKER if len(self._unknown) <= 1 else None
        elif self._asked:
            reason = self._question(self._asked.answer_type)
        else:
            reason = self._statement()
        return UnlistedTalk(reason, tuple(self._doubtful())) if reason else None

    def is_talk_alone(self, *, calls: bool) -> bool:
        """Tell whether the core of talk is talk; the courtesies around it may call the bot."""
        if self._asked:
            speaks = any(map(self._asks_of_you, self._places)) or any(map(self._is_maker, self._places))
            return speaks or (calls and self._is_mostly_talk())
        is_call = len(self._folded) <= _LONGEST_CALL and self._folded[0] in self._words.call
        return is_call or any(map(self._speaks_to, self._places)) or (not self._unknown and self._is_mostly_talk())

    def _asks_who(self) -> bool:
        """Tell whether a message asks for a person; the lexicon has no question words of other languages."""
        is_person = self._asked is not None and self._asked.answer_type is AnswerType.PERSON
        return is_person or (self._is_latin and not self._words.who.isdisjoint(self._folded))

    def _has_name(self) -> bool:
        """Tell whether a name is there that is no everyday word as well: «نوم», «who»."""
        names = self._lexicon.known_names.find(self._normals)
        return any(
            not (self._is_talk(at) or self._is_common(at)) for name in names for at in range(name.start, name.end)
        )

    def _doubtful(self) -> Iterator[str]:
        for at in self._unknown:
            stem = light_stem(self._normals[at])
            if self._background.per_million.get(stem, 0) < _RARE:
                yield stem

    def _question(self, answer_type: AnswerType) -> Reason | None:
        """Return what a question is about that is one about the bot."""
        asks_of_you, laughs = any(map(self._asks_of_you, self._places)), any(map(self._words.is_laugh, self._normals))
        # Few questions do, which is told sooner than what each of their words may be.
        if not (asks_of_you or laughs or self.calls) or self._unknown:
            return None
        everyday = [at for at in self._says() if not self._is_talk(at) and not self._speaks_to(at)]
        # «Can you tell me where the bridge is?» has «you», and is about the bridge.
        if len(everyday) > (0 if self._is_glossed else 1) or any(map(self._words.is_asking, self._folded)):
            return None
        if asks_of_you:
            return Reason.TALK if laughs else Reason.GREETING if answer_type is AnswerType.MANNER else Reason.IDENTITY
        return Reason.TALK if (self.calls or laughs) and self._is_mostly_talk() else None

    def _asks_of_you(self, at: int) -> bool:
        base = self._words.addressed(self._folded[at])
        # «يسكن» has no pronoun.
        is_verb = len(base or "") >= _LEAST_BASE and self._lexicon.everyday.is_verb(self._normals[at])
        is_word = bool(base) and (is_verb or self._words.is_talk(base))
        return self._words.is_laugh(self._normals[at]) or self._words.is_you(self._folded[at]) or is_word

    def _statement(self) -> Reason | None:
        """Return what a statement says that speaks to the bot, or that all words of are those of talk."""
        most = max(1, len(self._places) // _LATIN_KNOWN) if self._is_latin else 1 + (len(self._places) >= _LONG)
        speaks = any(map(self._speaks_to, self._places))
        is_talk = len(self._unknown) <= most if speaks else self._is_all_talk() and not self._unknown
        return self._said() if is_talk else None

    @property
    def calls(self) -> bool:
        """Tell whether the message calls somebody: «يا راجل»."""
        return not self._words.call.isdisjoint(self._folded[:-1])

    def _is_all_talk(self) -> bool:
        """Tell whether a message without a word to anybody calls somebody, swears, or has mostly words of talk."""
        says = self._says()
        talk = list(filter(self._is_talk, says))
        swears = not self._words.god.isdisjoint(self._folded)
        # «فيلم الحب الضائع» is a title.
        is_title = sum(self._folded[at].startswith(ARTICLE) for at in says) > 1
        is_many = len(self._places) > _LEAST_TALK and len(talk) >= _LEAST_TALK and not is_title
        return self._is_mostly_talk() and (self.calls or swears or is_many)

    def _is_mostly_talk(self) -> bool:
        """Tell whether half of what a message says, or more, are words of talk."""
        says = self._says()
        talk = list(filter(self._is_talk, says))
        return bool(talk) and 2 * len(talk) >= len(says)

    def _says(self) -> list[int]:
        return [at for at in self._places if not self._is_common(at)]

    def _said(self) -> Reason:
        """Return what most words say that are phrases of small talk by themselves; a blessing gives thanks."""
        if not self._words.god.isdisjoint(self._folded) and any(map(self._is_addressed, self._places)):
            return Reason.THANKS
        phrases, others = self._lexicon.small_talk.phrases, set(self._folded) - self._words.god
        told = Counter(reason for folded in others if (reason := phrases.get((folded,))) in _TOLD)
        if not told:
            return Reason.TALK
        [(kind, _)] = told.most_common(1)
        is_denied = not self._words.no.isdisjoint(self._folded)
        return Reason.TALK if is_denied and kind is not Reason.INSULT else kind

    def _speaks_to(self, at: int) -> bool:
        """Tell whether a word is laughter, or speaks to somebody without asking for news."""
        folded, normal = self._folded[at], self._normals[at]
        if self._words.is_asking(folded):
            return False
        did_to_me = self._words.did_to_me(folded) and not self._background.is_listed(light_stem(normal))
        return self._words.is_laugh(normal) or self._words.is_you(folded) or self._is_addressed(at) or did_to_me

    def _is_addressed(self, at: int) -> bool:
        folded, normal = self._folded[at], self._normals[at]
        base = self._words.addressed(folded)
        if not base or self._words.is_asking(folded):
            return False
        listed = (self._background.is_listed, self._lexicon.everyday.is_listed)
        is_base = len(base) >= _LEAST_BASE and any(is_listed(light_stem(base)) for is_listed in listed)
        # Two words alone are more often a name: «ملاك الحب».
        is_new = len(self._places) > _LEAST_TALK and not self._background.is_listed(light_stem(normal))
        return (
            self._words.is_talk(base)
            or (base.isascii() and self._words.is_talk(folded))
            or (base[0] in PREPOSITIONS and self._words.is_talk(base[1:]))
            or (len(base) >= _LEAST_BASE and self._lexicon.everyday.is_verb(normal))
            or (is_new and is_base)
        )

    def _is_maker(self, at: int) -> bool:
        """Tell whether a word says that somebody made whoever is spoken to: «مبرمجك», «بتطويرك», «made you»."""
        base = self._words.addressed(self._normals[at])
        speaks = bool(base) or any(map(self._words.is_you, self._folded))
        return speaks and self._words.is_making(base or self._normals[at])

    def _is_talk(self, at: int) -> bool:
        small_talk, folded = self._lexicon.small_talk, self._folded[at]
        is_talk = self._words.is_talk(folded, may_be_arabic=folded not in self._foreign)
        return is_talk or small_talk.only_reason(folded) not in {None, Reason.HELP, Reason.IDENTITY}

    def _is_known(self, at: int) -> bool:
        """Tell whether a word is none that news could be about."""
        normal, folded, lexicon = self._normals[at], self._folded[at], self._lexicon
        return (
            self._speaks_to(at)
            or self._words.is_asking(folded)
            or self._words.is_talk(folded, may_be_arabic=folded not in self._foreign)
            or self._words.is_making(folded)
            or lexicon.small_talk.only_reason(folded) is not None
            or lexicon.courtesies.tells(folded)
            or self._is_common(at)
            or lexicon.everyday.is_listed(light_stem(normal))
            or lexicon.everyday.is_verb(normal)
        )

    def _is_common(self, at: int) -> bool:
        """Tell whether a word is a function word of any language."""
        normal, lexicon = self._normals[at], self._lexicon
        lists = (
            lexicon.stop_words,
            lexicon.question_words,
            lexicon.question_fillers,
            lexicon.dialect_fillers,
            lexicon.dialects.fillers,
        )
        is_listed = any(form in words for form in (normal, normal.removeprefix("و")) for words in lists)
        return is_listed or len(normal) == 1 or lexicon.languages.is_common(self._written[at], self._language)
