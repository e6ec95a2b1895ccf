"""A message cleaned of controls, code, links and markup, and the words of a text."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from bot.answering.knowledge import ModePhrase, NameMatch, PhraseMatcher
from bot.answering.words.known_word import KnownWord, WordTable
from bot.arabic import Word, strip_controls, words

_CODE = re.compile(r"```.*?(?:```|$)|``.+?``|`[^`]+`", re.DOTALL)
_LINK = re.compile(r"<?\b(?:https?|ftp)://\S+>?|\bwww\.\S+|\bdiscord\.gg/\S+", re.IGNORECASE)
_EMOJI = re.compile(r"<a?:\w+:\d{1,20}>")
# Mentions and timestamps: <@1>, <#1>, <@&1>, <t:1:R>, </ask:1>, @here. Names and ids are short; without bounds a flood
# of «<@» would be searched to its end from each.
_MARKUP = re.compile(r"<(?:@[!&]?|#|t:|/[^:>\n]{1,100}:|id:)[^>\s]{0,40}>|@(?:everyone|here)\b")
_MARKS = re.compile(r"[*_~|>#]{1,3}|^[^\S\n]*[-+]\s", re.MULTILINE)
# Unicode categories of controls, lone surrogates, private and unassigned characters.
_UNSPOKEN = frozenset({"Cc", "Cs", "Co", "Cn"})

MOST_CHARACTERS = 500
# No text of so many characters has more, but one of characters that are several words each (ﷺ).
MOST_WORDS = MOST_CHARACTERS // 2
# What the bot is called where nobody has named it otherwise.
_OWN_NAMES = ("Isnad", "إسناد", "اسناد")


@dataclass(frozen=True, slots=True)
class CleanedMessage:
    """The natural-language text of a message with its line breaks, and the kinds of content removed from it."""

    text: str
    had_code: bool
    had_link: bool
    had_symbols: bool


@dataclass(frozen=True, slots=True)
class Gloss:
    """The text of a message in another language, on one line, that Arabic words stand for.

    `written` has what stands there for an Arabic word, "" for one that asks, `others`, by its normal form, further
    Arabic words for that. `has_pronoun` is true where it refers to what it does not name, `definite` has the normal
    forms of the Arabic words for what it names with an article.
    """

    source: str
    written: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]
    has_pronoun: bool = False
    definite: frozenset[str] = frozenset()


def is_arabic(normal: str) -> bool:
    """Whether a word in normal form begins with an Arabic letter."""
    return "\u0620" <= normal[:1] <= "\u08ff"


def join_glosses(before: Gloss | None, own: Gloss | None, source: str) -> Gloss | None:
    """Return the gloss of a text that is made of two others, and stands for `source`; None where neither is a gloss."""
    glosses = [gloss for gloss in (before, own) if gloss is not None]
    if not glosses:
        return None
    written, others = dict[str, str](), dict[str, tuple[str, ...]]()
    for gloss in glosses:
        written.update(gloss.written)
        others.update(gloss.others)
    return Gloss(source, written, others)


@dataclass(frozen=True)
class TokenisedText:
    """A text with its words, their roles and the tag of its language: found once, and handed to every step.

    The language is that of the message, of which the text is a gloss where it has a `gloss`.
    """

    text: str
    words: tuple[Word, ...]
    language: str | None
    table: WordTable = field(repr=False, compare=False)
    gloss: Gloss | None = None

    @cached_property
    def normals(self) -> list[str]:
        """The words in normal form."""
        return [word.normal for word in self.words]

    @cached_property
    def spoken(self) -> list[str]:
        """The words in normal form, each repeated letter once."""
        return [word.spoken for word in self.known]

    @cached_property
    def known(self) -> list[KnownWord]:
        """The words with their roles."""
        return self.table.of(self.normals)

    @cached_property
    def is_dialect(self) -> bool:
        """Whether the text has a question word or a function word of a dialect."""
        lexicon = self.table.lexicon
        signs = (lexicon.dialect_question_words, lexicon.dialects.fillers)
        return any(normal in words for normal in self.normals for words in signs)

    @cached_property
    def arabic(self) -> list[str]:
        """The words in Arabic letters, in normal form."""
        return list(filter(is_arabic, self.normals))

    @cached_property
    def openers(self) -> int:
        """How many words at the beginning only open a question: «طيب», «شكرا»."""
        known = self.table.lexicon.openers
        return next((at for at, normal in enumerate(self.normals) if normal not in known), len(self.normals))

    @cached_property
    def unsearched(self) -> list[bool]:
        """Whether each word is never searched for: one that asks, a filler, laughter, grammar of the language."""
        lexicon = self.table.lexicon
        glossary = lexicon.glossaries.get(self.language or "")
        fillers, of_dialects = lexicon.question_fillers, lexicon.dialects.fillers
        is_dialect = not lexicon.dialect_question_words.isdisjoint(self.normals)
        return [
            is_common
            or normal in fillers
            or normal in of_dialects
            or known.asks
            or known.is_laugh
            or (is_dialect and normal in lexicon.dialect_fillers)
            or (glossary is not None and glossary.words.get(normal) == () and not self.text[start:end].isupper())
            for (normal, start, end), known, is_common in zip(self.words, self.known, self.common, strict=True)
        ]

    @cached_property
    def names(self) -> tuple[NameMatch, ...]:
        """The names that the lexicon has, in order."""
        places = [at for at, word in enumerate(self.known) if word.may_begin_name]
        return tuple(self.table.lexicon.known_names.find(self.normals, places)) if places else ()

    @cached_property
    def modes(self) -> tuple[ModePhrase, ...]:
        """The phrases by which the text asks for a mode of answer, in order."""
        places = [at for at, word in enumerate(self.known) if word.begins.mode]
        return tuple(self.table.lexicon.mode_phrases.find(self.normals, places)) if places else ()

    @cached_property
    def question_places(self) -> list[int]:
        """The only places where a question word or phrase can stand."""
        return [at for at, word in enumerate(self.known) if word.begins.question]

    @cached_property
    def common(self) -> list[bool]:
        """Whether each word, as it is written, is a common one of the language."""
        languages, text, language = self.table.lexicon.languages, self.text, self.language
        if language not in languages.by_tag:
            return [False] * len(self.words)
        is_common = languages.is_common
        return [is_common(text[start:end], language) for _, start, end in self.words]

    def written(self, word: Word) -> str:
        """Return a word as it is written in the text."""
        return self.text[word.start : word.end]

    def with_text(self, text: str) -> "TokenisedText":
        """Return the text as it is, or the words of another one into which a step has put spaces."""
        if text == self.text:
            return self
        found = tokenise(text, self.table)
        return replace(found, language=self.language, gloss=self.gloss) if self.gloss else found

    def with_normals(self, normals: Sequence[str]) -> "TokenisedText":
        """Return the text with other normal forms of its words, as it is where they are the same."""
        if normals == self.normals:
            return self
        found = zip(normals, self.words, strict=True)
        return replace(self, words=tuple(Word(normal, start, end) for normal, (_, start, end) in found))

    def on_one_line(self) -> "TokenisedText":
        """Return the text with blanks for its line breaks."""
        return replace(self, text=self.text.replace("\n", " ")) if "\n" in self.text else self

    def from_word(self, position: int) -> "TokenisedText":
        """Return the text from the word at a position to the end, in the same language; empty past the last word."""
        if position >= len(self.words):
            return replace(self, text="", words=())
        start = self.words[position].start
        if start == 0:
            return self
        shifted = tuple(Word(normal, first - start, end - start) for normal, first, end in self.words[position:])
        return replace(self, text=self.text[start:], words=shifted)


def tokenise(text: str, table: WordTable) -> TokenisedText:
    """Find the words of a text, those of a dialect that are several joined, and recognise its language."""
    lexicon = table.lexicon
    joined = _join_digits(tuple(islice(words(text), MOST_WORDS)), lexicon.digit_words)
    found = _join_phrases(joined, table.dialect_phrases)
    return TokenisedText(text, found, lexicon.languages.recognise(text), table)


def _join_digits(found: tuple[Word, ...], known: Collection[str]) -> tuple[Word, ...]:
    """Join a digit and the Latin letters that touch it where both together are a known word: «9addech», «3tawh»."""
    if not any(word.normal[0].isdecimal() for word in found):
        return found
    joined = list[Word]()
    for word in found:
        before = joined[-1] if joined else word
        if before.end == word.start and (both := before.normal + word.normal) in known:
            joined[-1] = Word(both, before.start, word.end)
        else:
            joined.append(word)
    return tuple(joined)


def _join_phrases(found: tuple[Word, ...], phrases: PhraseMatcher[bool]) -> tuple[Word, ...]:
    """Join words that are one of a dialect only together, «couvre-feu»: «_» stands between them."""
    normals = [word.normal for word in found]
    if not phrases.may_have_any(normals):
        return found
    joined, done = list[Word](), 0
    for first, end, _ in phrases.find(normals):
        joined += [*found[done:first], Word("_".join(normals[first:end]), found[first].start, found[end - 1].end)]
        done = end
    return (*joined, *found[done:])


def clean(message: str) -> CleanedMessage:
    """Remove controls, code, links, emoji and markup from a message, and put the rest on one line."""
    text = strip_controls(message)
    text, codes = _CODE.subn(" ", text) if "`" in text else (text, 0)
    # What has neither mark is no address.
    text, links = _LINK.subn(" ", text) if "." in text or "/" in text else (text, 0)
    text, emoji = _EMOJI.subn(" ", text) if "<" in text else (text, 0)
    text = _MARKUP.sub(" ", text) if "<" in text or "@" in text else text
    text = _MARKS.sub(" ", without_plain_mention(text, _OWN_NAMES))
    kinds = list(map(unicodedata.category, text))
    if not _UNSPOKEN.isdisjoint(kinds):
        spoken = (kind not in _UNSPOKEN or character == "\n" for kind, character in zip(kinds, text, strict=True))
        text = "".join(character if is_spoken else " " for character, is_spoken in zip(text, spoken, strict=True))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return CleanedMessage("\n".join(filter(None, lines)), bool(codes), bool(links), bool(emoji) or "So" in kinds)


def without_plain_mention(text: str, names: Iterable[str]) -> str:
    """Remove one of some names behind an @, typed as plain words, from the beginning and the end of a text."""
    if "@" not in text:
        return text
    known = "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    if not known:
        return text
    text = re.sub(rf"\A\s*@(?:{known})(?!\w)[\s:,،]*", "", text, flags=re.IGNORECASE)
    return re.sub(rf"(?:\A|(?<=[\s؟?!.،,]))@(?:{known})(?=[\s؟?!.]*\Z)", "", text, flags=re.IGNORECASE)
