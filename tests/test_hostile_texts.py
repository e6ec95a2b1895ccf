"""What reads, indexes and shows other people's texts never takes longer by the square of them."""

import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.answering.question import clean
from bot.arabic import Analyser, date_range, dates, normalise, numbers, sentences, words
from bot.articles import ArticleError, BoilerplatePhrases
from bot.articles.characters import decode
from bot.articles.html import decode_page, read_html
from bot.chat.cards.card_text import inline
from bot.chat.cards.quote_text import block_quote
from bot.edition import EmptyCorpusError, build_edition
from bot.ops.log_lines import redact
from bot.retrieval.duplicates.shingles import number_token
from bot.settings import CONFIG
from tests.answering.hostility import FLOODS
from tests.growth import grows_too_fast

FIRST, LAST = 2048, 32_768
PHRASES, ANALYSER = BoilerplatePhrases.read(CONFIG / "marks.toml"), Analyser({"في", "من"})
MARKUP = [
    "~~",
    "![",
    "![a](",
    "[a](",
    "<a",
    "<!--",
    "&#",
    "\\",
    "_a",
    "*a",
    "> ",
    "# ",
    "a\n\n",
    "a\n",
    "|",
    "شاهد أيضا: ",
]
RUNS = [
    "7",
    "7.",
    "1.234",
    "123.456.",
    "1,2,",
    ".x",
    "؟!",
    "٣٫",
    "7:",
    "-7",
    "12/",
    "a-b",
    "a.b.",
    "م. ",
    "«أ». ",
    "كلمة، ",
    "مئة و",
    "ألف ",
    "مارس ",
    "2026 ",
]
MARKED = ["\u064b", "\u064b\u0651", "\u0300\u0323", "ـ", "ى", "a'", "+a@", "ال", "والمدرسة"]
UNITS = [*dict.fromkeys([*FLOODS, *MARKUP, *RUNS, *MARKED])]


def flood(unit: str, size: int) -> str:
    """Repeat a unit; marks stand on a letter, and behind it all something else stands."""
    letter = "ا" if unicodedata.combining(unit[0]) else ""
    return letter + unit * (size // len(unit)) + "\x00ا"


def tried(read: Callable[[bytes], str], text: str) -> None:
    """Decode what is no UTF-8."""
    with suppress(ArticleError):
        read(b"\xe1" + text.encode("utf-8", "replace"))


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "normalise": normalise,
    "words": lambda text: list(words(text)),
    "terms": ANALYSER.terms,
    "sentences": sentences,
    "dates": dates,
    "numbers": numbers,
    "period": partial(date_range, today=date(2026, 1, 1)),
    "figure": number_token,
    "decode": partial(tried, decode),
    "decode page": partial(tried, decode_page),
    "quote": block_quote,
    "name": lambda text: inline(text, 80, "ar"),
    "redact": redact,
}


@pytest.mark.slow
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_takes_as_long_as_its_text_is(function: str) -> None:
    slow = [
        ascii(unit)
        for unit in UNITS
        if grows_too_fast(FUNCTIONS[function], partial(flood, unit), first=FIRST, last=LAST)
    ]
    assert slow == []


FORMS = {
    "body.md": "---\ntitle: خبر\n---\n\n{}\n\nكلمة أخيرة.\n",
    "title.md": "---\ntitle: >\n  a{}\n---\n\nكلمة أخيرة.\n",
    "body.txt": "خبر\n{}\nكلمة أخيرة\n",
    "title.txt": "{}\nكلمة أخيرة\n",
    "paragraphs.jsonl": "",
    "title.jsonl": "",
    "url.jsonl": "",
    "outlet.jsonl": "",
}


def written(form: str, text: str) -> str:
    """Write an article with a text at one place of it."""
    if not form.endswith(".jsonl"):
        return FORMS[form].format(text)
    field = form.removesuffix(".jsonl")
    record = {"title": "خبر", "date": "2026-03-08", "paragraphs": ["كلمة أخيرة."]}
    return json.dumps(record | {field: [text] if field == "paragraphs" else text}) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_an_article_takes_as_long_as_it_is(form: str, tmp_path: Path) -> None:
    def make(unit: str, size: int) -> Path:
        folder = tmp_path / str(size)
        folder.mkdir(exist_ok=True)
        (folder / form).write_text(written(form, flood(unit, size)), encoding="utf-8", errors="replace")
        return folder

    def build(corpus: Path) -> None:
        with suppress(EmptyCorpusError):
            build_edition(PHRASES, ANALYSER, corpus)

    slow = [ascii(unit) for unit in UNITS if grows_too_fast(build, partial(make, unit), first=FIRST, last=LAST)]
    assert slow == []


PROSE = "<p>افتتحت البلدية المكتبة العامة صباح الأحد بحضور السكان. وبلغت كلفة البناء 12 مليون دينار في المدينة.</p>"
LINKS = [
    "<a href=/x>ا</a>، ",
    "<a href=/x>ا</a>",
    "<b>ا</b>. ",
    "<span>ا</span> ",
    "<a href=/x>ا",
    "<li><a href=/x>ا</a>",
]
BLOCKS = [
    "<p>ا",
    "<div>",
    "<li>",
    "<br>ا",
    "<h2>ا</h2>",
    "<td>ا",
    "<tr>",
    "ا<!---->",
    "<ul>",
    "<q>",
    "&amp;",
    "</p>",
    "<img src=/x>",
]
FACTS = {
    "name": '<meta name="author" content="{}">',
    "title": '<meta property="og:title" content="{}">',
    "names": "{}",
    "record": '<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",'
    '"author":{{"@type":"Person","name":"{}"}}}}</script>',
    "broken record": '<script type="application/ld+json">{{{}</script>',
    "time": '<time datetime="{}">{}</time>',
}
SIGNS = ["[ ", "((", "<", "-", "«", "ا ", "؟", "a@", "7", "and ", "\u064b", "&#34;author&#34;:x", '"author":x']
MANY = ['<meta name="author" content="علي سالم">', '<meta name="author" content="[ [ [ ( ( ( - - -">']


def read_page(page: str) -> None:
    with suppress(ArticleError):
        read_html("page", page, PHRASES)


def body(template: str, unit: str, size: int) -> str:
    """Write so many bytes of a unit into a page of prose."""
    filling = unit * (size // len(unit))
    head = f"<html><head><title>افتتاح مكتبة المدينة</title></head><body><article>{PROSE * 4}"
    return f"{head}{template.format(filling)}{PROSE}</article>"


def fact(template: str, unit: str, size: int) -> str:
    """Write so many bytes of a unit into what a page says of itself."""
    filling = unit * (size // len(unit))
    said = template.format(filling, filling)
    return f"<html><head><title>افتتاح مكتبة المدينة</title>{said}</head><body><article>{PROSE * 5}</article>"


@pytest.mark.slow
@pytest.mark.parametrize("template", ["{}", "<p>{}</p>", "<div>{}</div>", "<nav>{}</nav>"])
def test_the_body_of_a_page_takes_as_long_as_it_is(template: str) -> None:
    # Of most of these there are at the end as many elements as any page may have.
    slow = [
        unit
        for unit in [*LINKS, *BLOCKS]
        if grows_too_fast(read_page, partial(body, template, unit), first=50_000, last=200_000)
    ]
    assert slow == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FACTS)
def test_what_a_page_says_of_itself_takes_as_long_as_it_is(name: str) -> None:
    slow = [
        unit
        for unit in (MANY if name == "names" else SIGNS)
        if grows_too_fast(read_page, partial(fact, FACTS[name], unit), first=FIRST, last=LAST)
    ]
    assert slow == []
