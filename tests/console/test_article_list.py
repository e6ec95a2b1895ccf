"""`articles`: what the coverage has, as lines and as records."""

import json
from pathlib import Path

import pytest

from tests.console.command_line import ARABIC, ENGLISH, CommandLine, complaint
from tests.console.conftest import Write

ARTICLE = ["article_id", "title", "outlet", "url", "published", "author", "language", "paragraphs", "dead_since"]


def test_articles_are_listed_the_newest_first_and_those_without_a_day_last(isnad: CommandLine, write: Write) -> None:
    write(
        "coverage/port.md", "---\ntitle: الميناء\nauthor: هند\npublished: 2026-04-01\n---\n\nفتح الميناء.\n\nثم أغلق."
    )
    done = isnad("articles")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "2026-04-01  الميناء",
        "2026-03-09  افتتاح المكتبة العامة في المدينة القديمة · صحيفة الضفة",
        "—           إغلاق الجسر القديم لأعمال الصيانة",
    ]
    records = [json.loads(line) for line in isnad("articles", "--json").out.splitlines()]
    assert [list(record) for record in records] == [ARTICLE] * 3
    assert [record["article_id"] for record in records] == ["port", "library", "bridge"]
    assert (records[0]["author"], records[0]["published"], records[0]["paragraphs"]) == ("هند", "2026-04-01", 2)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--limit", "1"], ["port"]),
        (["--since", "2026-03-10"], ["port"]),
        (["--since", "مارس 2026"], ["port", "library"]),
        (["--until", "March 2026"], ["library"]),
        (["--since", "2026", "--until", "2026-03-31"], ["library"]),
        (["--outlet", "صَحيفة الضّفة"], ["library"]),
        (["--outlet", "الضفه"], ["library"]),
        (["--since", "2027"], []),
    ],
)
def test_days_and_an_outlet_choose(isnad: CommandLine, write: Write, arguments: list[str], found: list[str]) -> None:
    write("coverage/port.md", "---\ntitle: الميناء\npublished: 2026-04-01\n---\n\nفتح الميناء.")
    done = isnad("articles", "--json", *arguments)
    assert [json.loads(line)["article_id"] for line in done.out.splitlines()] == found
    assert (done.code, done.err) == ((0, "") if found else (3, ARABIC("listing.none") + "\n"))


def test_what_cannot_be_understood_is_said(isnad: CommandLine, coverage: Path) -> None:
    nothing = ["articles", "--since", "قريباً", "--language", "en"]
    assert isnad(*nothing) == complaint("scope.no_date", ENGLISH, typed="قريباً")
    nowhere = ["articles", "--outlet", "وكالة"]
    assert isnad(*nowhere) == complaint("scope.no_outlet", typed="وكالة", outlets="صحيفة الضفة")
    assert isnad(*nowhere, "--corpus", str(coverage / "bridge.md")) == complaint("listing.without_outlets")
    assert isnad("articles", "--since", "2026", "--until", "2025").code == 2


def test_a_title_cannot_steer_the_terminal(isnad: CommandLine, write: Write) -> None:
    write("coverage/port.md", '---\ntitle: "الميناء \\e[2J \\u202e"\n---\n\nفتح الميناء.')
    assert not set("\x1b\u202e") & set(isnad("articles").out)
