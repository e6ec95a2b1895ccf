"""Report of an extraction: the texts of a page that its article lacks, and how many blocks were navigation."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from bot.articles.article import Article, Block, split_long_text
from bot.articles.boilerplate import strip_navigation
from bot.articles.html.page_text import PageBlock
from bot.articles.html.prose import has_phrase, is_byline, is_fragment, is_prose
from bot.articles.marks import BoilerplatePhrases, fold, text_key

_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_FEWEST_TEASERS = 3
_MOST_ALIKE = 20
_LEAST_INSIDE = 3  # words; fewer stand in a paragraph by chance


@dataclass(frozen=True, slots=True)
class ExtractionReport:
    """Texts of a page that its article lacks, prose first, and the numbers of blocks that were no text of it."""

    missing: tuple[str, ...] = ()
    navigation: int = 0
    fragments: int = 0


def report_extraction(
    page_blocks: Sequence[PageBlock], article: Article, phrases: BoilerplatePhrases
) -> ExtractionReport:
    """Report the blocks of a page that are not in its article.

    Between the title and the last paragraph all but navigation is text, beyond it only sentences and captions.
    """
    text = _ArticleText(article)
    left = strip_navigation(page_blocks, phrases)
    start, end = _reach(left, text)
    missing, navigation, fragments = list[Block](), len(page_blocks) - len(left), 0
    for place, block in enumerate(left):
        if text.has(block.text) or text.names(block.text):
            continue
        within = start <= place <= end or block.caption or is_prose(block)
        if not within or block.chrome or block.linked or _is_about(block, article, phrases):
            navigation += 1
        elif is_fragment(block) and not block.caption and not _CLOCK.search(block.text):
            fragments += 1
        else:
            missing.append(block)
    missing.sort(key=is_prose, reverse=True)
    return ExtractionReport(tuple(dict.fromkeys(text.rest_of(block.text) for block in missing)), navigation, fragments)


def is_front_page(page_blocks: Sequence[PageBlock], article: Article) -> bool:
    """Whether a page is a section front: most of its paragraphs stand under headlines that lead elsewhere."""
    text = _ArticleText(article)
    under = [
        before.linked and before.heading for before, block in pairwise(page_blocks) if text_key(block.text) in text.keys
    ]
    return sum(under) >= max(_FEWEST_TEASERS, len(under) / 2)


def says_gone(texts: Iterable[str], phrases: BoilerplatePhrases) -> bool:
    """Whether a short text says that there is no such page or article any more, and not only for now."""
    short = (text for text in texts if len(text.split()) <= phrases.headline_words)
    return any(has_phrase(text, phrases.gone) and not has_phrase(text, phrases.gone_for_now) for text in short)


def own_texts(page_blocks: Sequence[PageBlock]) -> Iterator[str]:
    """Yield the texts of a page that stand in no link, and in nothing that is around every article of its site."""
    return (block.text for block in page_blocks if not (block.chrome or block.linked))


class _ArticleText:
    """The texts of an article, looked up by their keys and words."""

    def __init__(self, article: Article) -> None:
        self._paragraphs = [paragraph.text for paragraph in article.paragraphs]
        self.keys = set(map(text_key, self._paragraphs))
        sections = {text_key(paragraph.section) for paragraph in article.paragraphs if paragraph.section}
        self._all_keys = self.keys | sections
        self._folded = "\n".join(f" {fold(text)} " for text in self._paragraphs)
        self._openings = defaultdict[tuple[str, ...], list[list[str]]](list)
        for words in map(str.split, self._paragraphs):
            self._openings[tuple(words[:_LEAST_INSIDE])].append(words)
        self._names = {text_key(name) for name in (article.author, article.outlet) if name}
        self._title = text_key(article.title)

    def is_title(self, text: str) -> bool:
        return text_key(text) == self._title

    def names(self, text: str) -> bool:
        """Whether a text is nothing but the title, the author or the outlet."""
        return self.is_title(text) or text_key(text) in self._names

    def has(self, text: str) -> bool:
        """Whether the article has a text, alone or within a paragraph."""
        if not (key := text_key(text)) or key in self._all_keys:
            return True
        pieces = list(split_long_text(text))
        if len(pieces) > 1:
            return all(map(self.has, pieces))
        folded = fold(text)
        return folded.count(" ") >= _LEAST_INSIDE - 1 and f" {folded} " in self._folded

    def rest_of(self, text: str) -> str:
        """Cut off the beginning of a text where a paragraph of the article begins so, too."""
        words = text.split()
        alike = self._openings.get(tuple(words[:_LEAST_INSIDE]), ())
        common = 0
        for others in alike[:_MOST_ALIKE]:
            pairs = zip(words, others, strict=False)
            common = max(common, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)))
        return " ".join(words[common:]) if common < len(words) else text


def _reach(blocks: Sequence[PageBlock], text: _ArticleText) -> tuple[int, int]:
    """Return the places of the title above the article, or else of its first block, and of its last one."""
    found = [place for place, block in enumerate(blocks) if text.has(block.text)]
    titles = [place for place in range(found[0]) if text.is_title(blocks[place].text)] if found else []
    return [*titles[-1:], *found, 0][0], [-1, *found][-1]


def _is_about(block: Block, article: Article, phrases: BoilerplatePhrases) -> bool:
    """Whether a line says of an article who wrote it, when and in what section, and no more."""
    text = block.text
    for name in filter(None, (article.author, article.outlet)):
        text = text.replace(name, " ")
    return not fold(text) or is_byline(text.strip(), phrases) or is_byline(block.text, phrases)
