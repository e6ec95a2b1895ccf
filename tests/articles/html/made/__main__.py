"""Figures of made-up pages by template: `python -m tests.articles.html.made`."""

from collections import Counter
from collections.abc import Iterable

from bot.articles import ArticleError, BoilerplatePhrases
from bot.articles.html import read_html
from bot.settings import CONFIG
from tests.articles.html.made.held_out import HELD_OUT
from tests.articles.html.made.later_templates import LATER_TEMPLATES
from tests.articles.html.made.more_templates import MORE_TEMPLATES
from tests.articles.html.made.story import MadePage, made_pages
from tests.articles.html.made.templates import TEMPLATES

MOST = 8


def measure(pages: Iterable[MadePage], phrases: BoilerplatePhrases) -> tuple[Counter[str], list[str]]:
    """Count what is right, lost and junk of the articles of some pages; name each fault."""
    counts, faults = Counter[str](), list[str]()
    for page in pages:
        try:
            article = read_html(page.name, page.html, phrases)
            found = [paragraph.text for paragraph in article.paragraphs]
            sections = {paragraph.section for paragraph in article.paragraphs}
        except ArticleError:
            found, sections = [], set()
        right = [text for text in page.gold if text in found]
        junk = [text for text in found if text not in page.gold]
        counts.update(
            {
                "pages": 1,
                "paragraphs": len(page.gold),
                "right": len(right),
                "found": len(found),
                "junk": len(junk),
                "headings": len(page.headings),
                "headings right": sum(heading in sections for heading in page.headings),
                "junk headings": len(sections - {None, *page.headings}),
            }
        )
        faults += [f"{page.name} lost: {text}" for text in page.gold if text not in right]
        faults += [f"{page.name} junk: {text}" for text in junk]
        faults += [f"{page.name} heading: {each}" for each in ({*page.headings} ^ (sections - {None}))]
        comments = [text for text in found if any(text in comment or comment in text for comment in page.comments)]
        counts["comments"] += len(comments)
    return counts, faults


def figures(counts: Counter[str]) -> str:
    """Write counts on a line."""
    names = ("right", "paragraphs"), ("headings right", "headings"), ("junk", "found")
    shares = [f"{name} {counts[name]}/{counts[of]}" for name, of in names]
    return " · ".join([f"{counts['pages']} pages", *shares, f"junk headings {counts['junk headings']}"])


def main() -> None:
    """Print the figures of each template, what is wrong, and the sums."""
    phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
    for heading, templates in {
        "made with": TEMPLATES,
        "more": MORE_TEMPLATES,
        "later": LATER_TEMPLATES,
        "held out": HELD_OUT,
    }.items():
        whole = Counter[str]()
        for name, template in templates.items():
            counts, faults = measure(made_pages({name: template}), phrases)
            whole += counts
            print(f"{name}: {figures(counts)}", *faults[:MOST], sep="\n    ")  # noqa: T201
        print(f"{heading}: {figures(whole)}\n")  # noqa: T201


if __name__ == "__main__":
    main()
