"""A rule for the pages of a site, proposed from some of them: the smallest element that holds each article, what goes.

Pages are read in a child process, as `import` reads them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.articles.article import ArticleError, RejectionReason
from bot.articles.html import SavedPage, page_link, page_tree, read_page
from bot.articles.html.page_text import read_page_blocks
from bot.articles.html.prose import is_prose
from bot.articles.marks import BoilerplatePhrases, text_key
from bot.articles.site_rules import SiteRule, lasting_selectors, selector_xpath
from bot.articles.validation import host_of
from bot.storage import encode
from bot.workers.child_process import ChildError, ChildProcess

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FEWEST_PAGES = 2
_SECONDS = 120.0  # chosen: on a busy machine, several times what a handful of the largest pages take
_MOST_HELD = 0.8  # of an article's paragraphs, which an element must hold


@dataclass(frozen=True, slots=True)
class ProposedRule:
    """A rule, and of each page the paragraphs of its article without it and with it."""

    rule: SiteRule
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]

    def as_toml(self) -> str:
        """Write the rule as config/sites.toml has it."""
        lines = ["[[site]]", f"host = {json.dumps(self.rule.host)}"]
        lines += [f"text = {json.dumps(self.rule.text)}"] if self.rule.text else []
        lines += [f"without = {json.dumps([*self.rule.without])}"] if self.rule.without else []
        return "\n".join(lines)


async def propose_rule_apart(pages: Sequence[SavedPage], phrases: BoilerplatePhrases) -> ProposedRule | None:
    """Propose a rule in a child process, None where the pages have nothing in common; raise ArticleError."""
    record = {"phrases": asdict(phrases), "urls": [page.url for page in pages]}
    data = encode(json.dumps([page.html for page in pages]))
    try:
        found = await ChildProcess().call(f"{__name__}:{proposal_answer.__name__}", record, data, _SECONDS)
    except ChildError as error:
        raise ArticleError(RejectionReason.HUNG) from error
    if "reason" in found:
        raise ArticleError(RejectionReason(found["reason"]))
    if found["rule"] is None:
        return None
    texts = (tuple(map(tuple, found[name])) for name in ("before", "after"))
    return ProposedRule(SiteRule(found["rule"]["host"], found["rule"]["text"], tuple(found["rule"]["without"])), *texts)


def proposal_answer(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    pages = [SavedPage(*page) for page in zip(json.loads(data), record["urls"], strict=True)]
    try:
        proposed = propose_rule(pages, BoilerplatePhrases.from_lists(record["phrases"]))
    except ArticleError as error:
        return {"reason": error.reason}
    return asdict(proposed) if proposed else {"rule": None}


def propose_rule(pages: Sequence[SavedPage], phrases: BoilerplatePhrases) -> ProposedRule | None:
    """Propose a rule for the site of the first page; raise ArticleError where a page has no article."""
    general = replace(phrases, sites=())
    before = [_texts(page, general) for page in pages]
    # What several pages have alike is no article's own.
    counts = Counter(text_key(text) for texts in before for text in set(texts))
    common = {key for key, count in counts.items() if count > 1}
    own = [{text_key(text) for text in texts} - common for texts in before]
    trees = [page_tree(page.html) for page in pages]
    text = next(_containers(trees, own), "")
    host = host_of(page_link(pages[0].html, pages[0].url) or "").removeprefix("www.")
    if not host or not text:
        return None
    boxes = [tree.xpath(selector_xpath(text))[0] for tree in trees]
    rule = SiteRule(host, text, tuple(_repeated(boxes, own)))
    ruled = replace(phrases, sites=(rule,))
    return ProposedRule(rule, tuple(before), tuple(_texts(page, ruled) for page in pages))


def _texts(page: SavedPage, phrases: BoilerplatePhrases) -> tuple[str, ...]:
    return tuple(paragraph.text for paragraph in read_page("page", page.html, phrases, page.url).article.paragraphs)


def _containers(trees: Sequence[HtmlElement], own: Sequence[set[str]]) -> Iterator[str]:
    """Yield selectors of an element in each page that holds its article, that of the smallest first."""
    for element in reversed(list(_holding(trees[0], own[0]))):
        for selector in lasting_selectors(element):
            found = [tree.xpath(selector_xpath(selector)) for tree in trees]
            if all(len(each) == 1 and _held(each[0], keys) for each, keys in zip(found, own, strict=True)):
                yield selector


def _holding(element: HtmlElement, own: set[str]) -> Iterator[HtmlElement]:
    """Yield the elements that hold an article, each before those within it."""
    for child in element:
        if isinstance(child.tag, str) and _held(child, own):
            yield child
            yield from _holding(child, own)


def _held(element: HtmlElement, own: set[str]) -> set[str]:
    """Return an article's paragraphs in an element, none where some of them stand outside."""
    keys = {text_key(block.text) for block in read_page_blocks(element)} & own
    return keys if keys and len(keys) >= _MOST_HELD * len(own) else set()


def _repeated(boxes: Sequence[HtmlElement], own: Sequence[set[str]]) -> list[str]:
    """List selectors of what stands within the text in several pages and is no page's own text."""
    inside = [[element for element in box.iterdescendants() if isinstance(element.tag, str)] for box in boxes]
    counts = Counter(
        name for elements in inside for name in {name for each in elements for name in lasting_selectors(each)}
    )
    found = list[str]()
    gone: set[HtmlElement] = set()
    for element in (element for elements in inside for element in elements):
        if element in gone or not gone.isdisjoint(element.iterancestors()):
            continue
        for selector in (name for name in lasting_selectors(element) if counts[name] > 1):
            named = [box.xpath(selector_xpath(selector)) for box in boxes]
            blocks = [[block for each in elements for block in read_page_blocks(each)] for elements in named]
            keys = [{text_key(block.text) for block in each} for each in blocks]
            is_other = any(is_prose(block) or block.linked for each in blocks for block in each)
            if is_other and all(map(set.isdisjoint, keys, own)):
                found.append(selector)
                gone.update(each for elements in named for each in elements)
                break
    return found
