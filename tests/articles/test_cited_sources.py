"""The sources that an article names are read, and what is wrong of one costs neither the article nor its name."""

import json

import numpy as np
import pytest

from bot.articles import BoilerplatePhrases, CitedSource, RejectionReason, find_corpus, read_units
from bot.articles.units import KnownUnits
from bot.articles.validation import MOST_SOURCES
from bot.storage import TextTable, TextTableBuilder
from tests.articles.conftest import Reading, Write

BODY = "هبت الريح على الحقل طوال الليل."
AGENCY = CitedSource("وكالة الأنباء", "https://agency.example/1", "2025-04-17")


def document(*lines: str) -> str:
    return "\n".join(["---", "title: الحقل", *lines, "---", "", BODY, ""])


def record(sources: object) -> str:
    return json.dumps({"id": "1", "title": "الحقل", "paragraphs": [BODY], "sources": sources})


def test_markdown_names_sources_as_mappings_strings_and_links(write: Write, read: Reading) -> None:
    lines = [
        "sources:",
        "  - name: وكالة الأنباء",
        "    url: https://agency.example/1",
        "    published: 2025-04-17",
        "  - 'شاهد عيان'",
        "  - https://www.paper.example/ar/2",
    ]
    article = read.article(write("a.md", document(*lines)))
    assert article.sources == (
        AGENCY,
        CitedSource("شاهد عيان"),
        CitedSource("www.paper.example", "https://www.paper.example/ar/2"),
    )


def test_json_lines_name_sources_too(write: Write, read: Reading) -> None:
    written = [{"name": "وكالة الأنباء", "url": "https://agency.example/1", "published": "17/04/2025"}, "شاهد عيان"]
    article = read.article(write("a.jsonl", record(written)))
    assert article.sources == (AGENCY, CitedSource("شاهد عيان"))


@pytest.mark.parametrize("value", ["شاهد عيان", {"name": "شاهد عيان"}, ["شاهد عيان"]])
def test_a_single_source_needs_no_list(write: Write, read: Reading, value: object) -> None:
    assert read.article(write("a.jsonl", record(value))).sources == (CitedSource("شاهد عيان"),)


@pytest.mark.parametrize("lines", [[], ["sources:"], ["sources: ~"], ["sources: []"]])
def test_an_article_may_name_no_source(write: Write, read: Reading, lines: list[str]) -> None:
    assert read.article(write("a.md", document(*lines))).sources == ()


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2025-04-17", "2025-04-17"),
        ("2025-04-17T23:10:00+02:00", "2025-04-17"),
        ("2025-04", "2025-04"),
        ("2025", "2025"),
        ("٢٠٢٥-٠٤", "2025-04"),
    ],
)
def test_a_source_is_of_a_day_a_month_or_a_year(write: Write, read: Reading, written: str, read_as: str) -> None:
    lines = ["sources:", "  - name: وكالة", f"    published: {written}"]
    [source] = read.article(write("a.md", document(*lines))).sources
    assert source.published == read_as


@pytest.mark.parametrize(
    ("entry", "source", "detail"),
    [
        ({"url": "https://agency.example/1"}, None, "name"),
        ({"name": " "}, None, "name"),
        ({"name": ["a"]}, None, "name"),
        (7, None, "name"),
        ({"name": "وكالة", "url": "javascript:alert(1)"}, CitedSource("وكالة"), "javascript:alert(1)"),
        ({"name": "وكالة", "url": 7}, CitedSource("وكالة"), "url"),
        ({"name": "وكالة", "published": "2025-13"}, CitedSource("وكالة"), "2025-13"),
        ({"name": "وكالة", "published": "أمس"}, CitedSource("وكالة"), "أمس"),
        ({"name": "وكالة", "published": [2025]}, CitedSource("وكالة"), "published"),
        ({"name": "و" * 501}, None, "name"),
    ],
)
def test_what_is_wrong_of_a_source_is_remarked_on_and_the_rest_is_read(
    write: Write, read: Reading, entry: object, source: CitedSource | None, detail: str
) -> None:
    corpus = read.corpus(write("a.jsonl", record([entry, "شاهد عيان"])))
    [article], [remark] = corpus.articles, corpus.rejections
    assert article.sources == (*filter(None, [source]), CitedSource("شاهد عيان"))
    assert (remark.reason, remark.line) == (RejectionReason.SOURCE_LEFT_OUT, 1)
    assert detail in remark.detail


def test_a_remark_names_the_line_of_the_source(write: Write, read: Reading) -> None:
    lines = ["sources:", "  - شاهد عيان", "  - name: وكالة", "    url: ftp://agency.example", "  - {a: [b]}"]
    corpus = read.corpus(write("a.md", document(*lines)))
    assert [article.sources for article in corpus.articles] == [(CitedSource("شاهد عيان"), CitedSource("وكالة"))]
    assert [remark.location for remark in corpus.rejections] == ["a.md:5", "a.md:7"]


def test_a_bad_link_and_a_bad_source_are_both_remarked_on(write: Write, read: Reading) -> None:
    fields = json.loads(record([{"name": ""}])) | {"url": "ftp://paper.example"}
    corpus = read.corpus(write("a.jsonl", json.dumps(fields)))
    assert [(article.id, article.url, article.sources) for article in corpus.articles] == [("1", None, ())]
    reasons = [remark.reason for remark in corpus.rejections]
    assert reasons == [RejectionReason.LINK_LEFT_OUT, RejectionReason.SOURCE_LEFT_OUT]


def test_sources_beyond_the_limit_are_left_out_with_a_remark(write: Write, read: Reading) -> None:
    lines = ["sources:", *(f"  - شاهد {number}" for number in range(MOST_SOURCES + 1))]
    corpus = read.corpus(write("a.md", document(*lines)))
    assert len(corpus.articles[0].sources) == MOST_SOURCES
    assert [remark.location for remark in corpus.rejections] == [f"a.md:{4 + MOST_SOURCES}"]


def test_no_alias_multiplies_what_is_read(write: Write, read: Reading) -> None:
    many = ", ".join(f"k{number}: v" for number in range(2000))
    lines = [f"other: &a {{name: وكالة, {many}}}", f"sources: [{', '.join(['*a'] * 3000)}]"]
    corpus = read.corpus(write("a.md", document(*lines)))
    assert corpus.articles[0].sources == (CitedSource("وكالة"),) * MOST_SOURCES


BAD_LINK = json.dumps(json.loads(record(None)) | {"url": "ftp://a.example/"})


@pytest.mark.parametrize(
    ("name", "text"), [("a.md", document("sources: [{a: b}]")), ("a.jsonl", record([7])), ("a.jsonl", BAD_LINK)]
)
def test_a_source_or_link_that_was_left_out_is_told_of_at_every_reload(
    write: Write, phrases: BoilerplatePhrases, name: str, text: str
) -> None:
    path = write(name, text)
    first = list(read_units(find_corpus(path), phrases))
    ids = TextTableBuilder()
    ids.append("1")
    digests = b"".join(unit.digest for unit in first)
    known = KnownUnits(np.frombuffer(digests, np.uint8).reshape(1, -1), TextTable.from_arrays(ids.arrays()))
    assert len(first) == 2
    assert list(read_units(find_corpus(path), phrases, known=known)) == first
