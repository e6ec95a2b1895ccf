"""The sentences in which two versions of an article differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from bot.arabic import sentences
from bot.articles.article import Article

# Comparing takes time by the square of their number; beyond these, changes are not looked for.
_MOST_SENTENCES = 400


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence of the old version and what stands in its place in the new one; one of them may be empty."""

    old: str
    new: str


def changed_sentences(old: Article, new: Article) -> Iterator[ChangedSentence]:
    """Yield the sentences, titles first, that are changed, removed or added, in the order of the text."""
    before, after = _sentences(old), _sentences(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            for removed, added in zip_longest(before[i1:i2], after[j1:j2], fillvalue=""):
                yield ChangedSentence(removed, added)


def _sentences(article: Article) -> list[str]:
    found = [article.title]
    for paragraph in article.paragraphs:
        if len(found) >= _MOST_SENTENCES:
            break
        found += [paragraph.text[span.start : span.end].strip() for span in sentences(paragraph.text)]
    return found[:_MOST_SENTENCES]
