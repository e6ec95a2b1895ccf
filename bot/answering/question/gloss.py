"""A message in another language, word by word in Arabic: what it asks is then understood as an Arabic question is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, dropwhile

from bot.answering.knowledge import UNDETERMINED, Glossary, GlossedRun, Lexicon
from bot.answering.question.message import Gloss, TokenisedText
from bot.arabic import normalise, words

_WHETHER = "هل"
# Chosen: of «prix huawei mate 9 tunisie» two of five words are in the glossary.
_LEAST_KNOWN = 0.3
# Chosen: what is longer, «LIBRARY», is a word that its asker stresses.
_LONGEST_ABBREVIATION = 4
_ARABIC = re.compile("[\u0620-\u08ff]")
_PUNCTUATION = re.compile(r"[^\w\s'’-]+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Arabic words, or a name as it is written, and what stood there."""

    text: str
    written: str
    others: tuple[str, ...] = ()
    is_definite: bool = False


def gloss(text: TokenisedText, lexicon: Lexicon) -> TokenisedText:
    """Return a text in Arabic where all of it is in a language that has a glossary, else as it is.

    Words that the glossary does not know stay, without accents: they are names sooner than anything else. The language
    stays that of the message: of keywords alone nobody can tell it, whichever glossary knows them.
    """
    language = _language(text, lexicon)
    glossary = lexicon.glossaries.get(language)
    if glossary is None or any(map(_ARABIC.match, text.normals)):
        return text
    found = _pieces(text, list(_runs(text, glossary, lexicon)), glossary)
    # Courtesies that are left out leave a comma.
    pieces = list(dropwhile(lambda piece: _PUNCTUATION.fullmatch(piece.text) is not None, found))
    arabic = " ".join(piece.text for piece in pieces)
    in_arabic = tuple(words(arabic))
    if not in_arabic:
        # All of it is function words: nothing is asked.
        return text
    written, others, definite = dict[str, str](), dict[str, tuple[str, ...]](), set[str]()
    ends = accumulate(len(piece.text) + 1 for piece in pieces)
    for piece, end in zip(pieces, ends, strict=True):
        own = [word for word in in_arabic if end - len(piece.text) - 1 <= word.start < end]
        written.update((arabic[word.start : word.end], piece.written) for word in own)
        others.update((word.normal, piece.others) for word in own if piece.others)
        definite.update(word.normal for word in own if piece.is_definite)
    has_pronoun = not glossary.pronouns.isdisjoint(text.normals)
    source = text.on_one_line().text
    own_gloss = Gloss(source, written, others, has_pronoun=has_pronoun, definite=frozenset(definite))
    return TokenisedText(arabic, in_arabic, text.language, own_gloss)


def _language(text: TokenisedText, lexicon: Lexicon) -> str:
    """Return the language of a text; of keywords alone that whose glossary knows the most of them."""
    if text.language != UNDETERMINED:
        return text.language or ""
    shares = {tag: glossary.known_share(text.normals) for tag, glossary in lexicon.glossaries.items()}
    best = max(shares, key=shares.__getitem__, default="")
    return best if shares.get(best, 0.0) >= _LEAST_KNOWN else UNDETERMINED


def _runs(text: TokenisedText, glossary: Glossary, lexicon: Lexicon) -> Iterator[GlossedRun]:
    """Yield the runs of a text; names of several words that are known stay whole, «New York»."""
    normals, at = text.normals, 0
    names = [(name.start, name.end) for name in lexicon.known_names.find(normals) if name.end - name.start > 1]
    written = list(map(text.written, text.words))
    # «ICE» is no ice, unless all of it is shouted.
    abbreviations = {
        normal
        for normal, word in zip(normals, written, strict=True)
        if word.isupper() and 1 < len(word) <= _LONGEST_ABBREVIATION
    }
    names_only = set() if text.text.isupper() else abbreviations
    for start, end in (*names, (len(normals), len(normals))):
        for run in glossary.runs(normals[at:start], names_only):
            yield run._replace(first=run.first + at, last=run.last + at)
        if end > start:
            yield GlossedRun(start, end, None)
        at = end


def _opening_auxiliary(text: TokenisedText, runs: Sequence[GlossedRun], glossary: Glossary) -> int | None:
    """Return the run of an auxiliary before which nothing but courtesies stands: «hi, did they win?».

    None where nothing stands behind it either.
    """
    for at, run in enumerate(runs):
        if run.standard != ():
            return None
        # «Can you tell me» is a courtesy.
        if "_".join(text.normals[run.first : run.last]) in glossary.auxiliaries:
            return at if any(one.standard != () for one in runs[at:]) else None
    return None


def _pieces(text: TokenisedText, runs: Sequence[GlossedRun], glossary: Glossary) -> Iterator[_Piece]:
    """Yield what stands for each run, with the punctuation between them."""
    asks = {at for at, run in enumerate(runs) if run.asks}
    # «When he fell, what …»: where another word asks, what can join does.
    sure = {at for at in asks if not runs[at].joins} or asks
    auxiliary = _opening_auxiliary(text, runs, glossary) if not asks else None
    end = 0
    for at, run in enumerate(runs):
        start = text.words[run.first].start
        yield from _punctuation(text.text[end:start])
        end = text.words[run.last - 1].end
        # Of a phrase with blanks the longest word: markup may have stood in them. «U.S.» and «COVID-19» stay whole.
        whole = text.text[start:end]
        own = [whole] if len(whole.split()) == 1 else map(text.written, text.words[run.first : run.last])
        # No refusal says that a question word is missing.
        written = "" if run.asks else max(own, key=len)
        if at == auxiliary:
            yield _Piece(_WHETHER, "")
        if run.standard is None:
            for name in map(text.written, text.words[run.first : run.last]):
                yield _Piece(glossary.bare_name(name), name)
        elif run.standard and (at in sure or not run.asks):
            best, *others = run.standard
            # Arabic articles have words of other languages as well.
            others += [] if run.last - run.first > 1 else [text.normals[run.first]]
            further = () if run.asks or "_" in best else tuple(map(normalise, others))
            is_definite = glossary.is_definite(text.normals, run.first)
            yield _Piece(best.replace("_", " "), written, further, is_definite)
    yield from _punctuation(text.text[end:])


def _punctuation(between: str) -> Iterator[_Piece]:
    """Yield what stands between two words, but for blanks."""
    if mark := "".join(_PUNCTUATION.findall(between)):
        yield _Piece(mark, mark)
