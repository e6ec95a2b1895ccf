"""Language recognition of questions by common words and letters, with a hint in each language to ask in Arabic."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.answering.knowledge.word_lists import word_lists_of

ARABIC, ARABIC_IN_LATIN, UNDETERMINED = "ar", "ar-Latn", "und"
_WORD = re.compile(r"[^\W_]+(?:['’\u200c-][^\W_]+)*")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u0674\u06e5\u06e6]")
_ARABIC_LETTER = re.compile("[\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff]")
# «se3r», «7ukuma»: digits stand for Arabic letters that the Latin alphabet lacks.
_DIGIT_FOR_LETTER = re.compile(r"[a-z']+[235679][a-z']+|[235679][a-z']{3,}")
_LEAST_SCORE = 2
_LEAST_SHARE = 1 / 3
_APOSTROPHE = "'"


@dataclass(frozen=True, slots=True)
class Language:
    """The common words, clitics and letters by which a language is recognised, and its hint to ask in Arabic."""

    words: frozenset[str]
    letters: frozenset[str]
    hint: str


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages besides Arabic that questions come in, by tag (BCP 47)."""

    by_tag: Mapping[str, Language]
    _words: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", frozenset[str]().union(*(one.words for one in self.by_tag.values())))

    @classmethod
    def read(cls, file: Path) -> "Languages":
        """Read `config/languages.toml`; raise ValueError naming what is missing or malformed."""
        with word_lists_of(file) as tables:
            languages = {
                tag: Language(
                    frozenset(one["words"].casefold().split()), frozenset(one.get("letters", "")), one["hint"]
                )
                for tag, one in tables.items()
            }
            return cls({**languages, **{tag: languages[tag] for tag in (ARABIC_IN_LATIN, UNDETERMINED)}})

    def recognise(self, text: str) -> str | None:
        """Return the language tag of a text: `und` for an unknown language, None for a text without words."""
        text = _MARKS.sub("", _folded(text))
        words = [word for word in _WORD.findall(text) if not word.isdecimal()]
        if not words:
            return None
        arabic = list(filter(_ARABIC_LETTER.match, words))
        # A question may hold more foreign names than words of its own.
        if 2 * len(arabic) >= len(words) - len(arabic):
            is_arabic = _APOSTROPHE not in text and self._words.isdisjoint(arabic)
            return ARABIC if is_arabic else self._best(arabic, text, _LEAST_SCORE) or ARABIC
        return self._best(words, text, min(_LEAST_SCORE, _LEAST_SHARE * len(words))) or UNDETERMINED

    def hint(self, tag: str | None) -> str | None:
        """Return the hint of a language to ask in Arabic; None for Arabic and for a text without a language."""
        if tag in {None, ARABIC}:
            return None
        return self.by_tag.get(tag or UNDETERMINED, self.by_tag[UNDETERMINED]).hint

    def is_common(self, word: str, tag: str | None) -> bool:
        """Whether a word as written is a common word of a language; the abbreviation «US» is not «us»."""
        language = self.by_tag.get(tag or ARABIC)
        is_abbreviation = word.isupper() and len(word) > 1
        return language is not None and _folded(word) in language.words and not is_abbreviation

    def _best(self, words: Sequence[str], text: str, least: float) -> str | None:
        """Return the language with the most common words and letters in a text; None where its score is too low."""
        scores = dict[str, int]()
        joined = [_with_clitics(word) for word in words if _APOSTROPHE in word]
        plain = [word for word in words if _APOSTROPHE not in word] if joined else words
        for tag, language in self.by_tag.items():
            score = 0 if language.words.isdisjoint(plain) else sum(map(language.words.__contains__, plain))
            if joined:
                score += sum(not language.words.isdisjoint(forms) for forms in joined)
            if tag == ARABIC_IN_LATIN:
                score += 2 * sum(map(bool, map(_DIGIT_FOR_LETTER.fullmatch, words)))
            scores[tag] = score + len(language.letters.intersection(text)) if score else 0
        best = max(scores, key=scores.__getitem__)
        return best if scores[best] >= least else None


def _with_clitics(word: str) -> tuple[str, ...]:
    """Return a word with an apostrophe, and what stands on either side: «d'essence», «Chelsea's»."""
    before, _, behind = word.partition(_APOSTROPHE)
    return word, before + _APOSTROPHE, _APOSTROPHE + behind


def _folded(text: str) -> str:
    return text.casefold().replace("’", "'")
