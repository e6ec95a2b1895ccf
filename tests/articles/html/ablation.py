"""What each repair around the extraction of pages is worth: figures without one at a time.

`python -m tests.articles.html.ablation [FOLDER…]` reads the project's own pages and those of folders (see gold.py).
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.articles import Article, ArticleError, BoilerplatePhrases
from bot.articles.html import extraction, page
from bot.articles.marks import text_key
from bot.settings import CONFIG
from tests.articles.html.gold import Gold, own_pages, pages_of

EVERYTHING = "every step"
# What stands in the place of a step that is switched off, by the module and the name that it is called by.
STEPS: dict[str, dict[tuple[Any, str], Callable[..., Any]]] = {
    EVERYTHING: {},
    "foreign sections": {(extraction, "foreign_sections"): lambda *_: set()},
    "order": {(page, "restore_order"): lambda blocks, _: list(blocks)},
    "links": {(page, "drop_links"): lambda blocks, _: list(blocks)},
    "lists": {(page, "restore_items"): lambda blocks, _: list(blocks)},
    "corrections": {(page, "restore_corrections"): lambda blocks, *_: list(blocks)},
    "comments": {(page, "drop_comments"): lambda blocks, _: list(blocks)},
    "headings": {(page, "restore_headings"): lambda blocks, *_: list(blocks)},
    "fuller headline": {(page, "fuller_headline"): lambda title, _: title},
    "repeats of the headline": {(page, "drop_headline_repeats"): lambda _, blocks: list(blocks)},
    "standfirst": {(page, "restore_standfirst"): lambda blocks, *_: list(blocks)},
    "bylines and datelines": {(page, "drop_bylines"): lambda blocks, _: (list(blocks), None)},
    "fragments": {(page, "drop_fragments"): list},
    "title without outlet": {(extraction, "read_title"): lambda _tree, found, *_: (found, None)},
    "navigation phrases": {(page, "strip_navigation"): lambda blocks, _: list(blocks)},
}
COLUMNS = ("kept", "apart", "order", "headings", "foreign", "repeated", "title", "author")
Counts = Counter[str]


def measure(golds: Iterable[Gold], phrases: BoilerplatePhrases) -> dict[str, Counts]:
    """Count, without each step, what is right of some pages (`kept`) and of how many (`kept of`)."""
    found = {step: Counts() for step in STEPS}
    for gold in golds:
        with _extracted_once():
            articles = {step: _read(gold, changes, phrases) for step, changes in STEPS.items()}
        for step, article in articles.items():
            found[step].update(_figures(gold, article))
            found[step]["pages changed"] += article != articles[EVERYTHING]
    return found


@contextmanager
def _extracted_once() -> Iterator[None]:
    """Let trafilatura read a page once for all steps, since it takes most of the time."""
    results, pages = dict[object, Any](), dict[object, Any]()
    extract, extract_page = extraction._article_blocks, vars(page)["extract_page"]
    # The steps that are taken within the extraction, the first of them before trafilatura.
    steps = ("foreign_sections", "read_title")

    def extracted(*arguments: Any) -> Any:
        key = vars(extraction)[steps[0]]
        if key not in results:
            results[key] = extract(*arguments)
        return results[key]

    def extracted_page(*arguments: Any) -> Any:
        key = tuple(vars(extraction)[name] for name in steps)
        if key not in pages:
            pages[key] = extract_page(*arguments)
        return pages[key]

    with patch.object(extraction, "_article_blocks", extracted), patch.object(page, "extract_page", extracted_page):
        yield


def _read(
    gold: Gold, changes: dict[tuple[Any, str], Callable[..., Any]], phrases: BoilerplatePhrases
) -> Article | None:
    patches = [patch.object(module, name, replacement) for (module, name), replacement in changes.items()]
    for change in patches:
        change.start()
    try:
        return page.read_page(gold.name, gold.html, phrases, gold.url).article
    except ArticleError:
        return None
    finally:
        for change in patches:
            change.stop()


def _figures(gold: Gold, article: Article | None) -> Counts:
    paragraphs = [text_key(paragraph.text) for paragraph in article.paragraphs] if article else []
    sections = {text_key(paragraph.section or "") for paragraph in article.paragraphs} if article else set()
    whole = "".join(paragraphs)
    texts, foreign, headings = (list(map(text_key, each)) for each in (gold.texts, gold.foreign, gold.headings))
    places = [whole.find(text) for text in texts]
    pairs = [(first, second) for first, second in pairwise(places) if min(first, second) >= 0]
    counts = Counts(
        {
            "kept": sum(place >= 0 or text in sections for place, text in zip(places, texts, strict=True)),
            "kept of": len(texts),
            "apart": sum(text in paragraphs for text in texts) if gold.is_whole else 0,
            "apart of": len(texts) if gold.is_whole else 0,
            "order": sum(first <= second for first, second in pairs),
            "order of": len(pairs),
            "headings": sum(heading in sections for heading in headings),
            "headings of": len(headings),
            "foreign": sum(any(text in paragraph for paragraph in paragraphs) for text in foreign),
            "foreign of": len(foreign),
            "repeated": article is not None and text_key(article.title) in {*paragraphs, *sections},
            "repeated of": 1,
        }
    )
    for name in ("title", "author"):
        known, given = getattr(gold, name), getattr(article, name, None)
        if known:
            counts.update({name: text_key(known) == text_key(given or ""), f"{name} of": 1})
    return counts


def table(found: dict[str, Counts]) -> str:
    """Lay figures out as a table in Markdown: shares of 100, and the pages of which a step changes anything."""
    lines = ["| without | " + " | ".join((*COLUMNS, "pages changed")) + " |", "|---" * (len(COLUMNS) + 2) + "|"]
    for step, counts in found.items():
        shares = [f"{100 * counts[name] / of:.2f}" if (of := counts[f"{name} of"]) else "–" for name in COLUMNS]
        lines.append(f"| {step} | " + " | ".join((*shares, str(counts["pages changed"]))) + " |")
    return "\n".join(lines)


def main(folders: list[str]) -> None:
    """Print a table for the project's own pages, and one for each folder."""
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    sets = {"own pages": own_pages(), **{folder: pages_of(Path(folder)) for folder in folders}}
    for name, golds in sets.items():
        print(f"{name}\n\n{table(measure(golds, phrases))}\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
