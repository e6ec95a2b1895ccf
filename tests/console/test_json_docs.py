"""docs/json.md names the fields that the records have, in their order, and the values that they may take."""

import json
import re
from typing import Any

import pytest

from bot.answering import AnswerType, Mode, Reason
from bot.answering.reasons import Statement
from tests.console.command_line import ANSWERED, REFUSED, ROOT, CommandLine
from tests.console.conftest import LIBRARY, Write

DOCS = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")


def documented(heading: str) -> list[str]:
    """Return the fields of the table under a heading."""
    section = re.split(r"^#+ ", DOCS.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def words_of(heading: str, field: str) -> set[str]:
    """Return the names in the row of a field."""
    section = DOCS.split(f"# {heading}\n", 1)[1]
    row = re.search(rf"^\| `{field}` \|.*$", section, re.MULTILINE)
    assert row
    return set(re.findall(r"`(\w+)`", row[0])) - {field}


@pytest.fixture
def record(isnad: CommandLine) -> Any:
    return lambda *arguments: json.loads(isnad(*arguments).out.splitlines()[0])


def test_the_record_of_ask(record: Any, write: Write) -> None:
    cited = LIBRARY.replace("published", "sources: [شاهد عيان]\npublished")
    write("coverage/library.md", cited)
    write("coverage/other.md", cited.replace("صحيفة الضفة", "وكالة الضفة"))
    for question in (ANSWERED, REFUSED, "مقالات عن المكتبة العامة"):
        assert [*record("ask", question, "--json"), "explanation"] == documented("ask")
    quote = record("ask", ANSWERED, "--json")["quotes"][0]
    assert list(quote) == documented("quote")
    assert list(quote["also"][0]) == [
        name
        for name in quote
        if name not in {"text", "score", "also", "sources", "answer", "shown", "event_date", "dead_since"}
    ]
    assert [set(place) for place in quote["answer"]] == [words_of("quote", "answer") - {"text"}]
    assert list(quote["sources"][0]) == documented("source")
    assert list(record("ask", "مقالات عن المكتبة العامة", "--json")["related"][0]) == documented("related")
    claim = record("ask", "صحيح أن كلفة المكتبة العامة بلغت 15 مليون دينار؟", "--json")
    assert [list(difference) for difference in claim["differences"]] == [documented("difference")]


def test_the_record_of_an_explanation(record: Any) -> None:
    explained = record("ask", ANSWERED, "--json", "--explain")
    assert list(explained) == documented("ask")
    assert list(explained["explanation"]) == documented("explanation")
    assert set(explained["explanation"]["terms"][0]) == words_of("explanation", "terms")
    assert set(explained["explanation"]["candidates"][0]) == words_of("explanation", "candidates")
    lacking = record("ask", "متى أغلقت البلدية الجسر القديم؟", "--json", "--explain")["explanation"]["lacking"]
    assert set(lacking) == words_of("explanation", "lacking")


def test_the_records_of_articles_and_check(record: Any, write: Write) -> None:
    assert list(record("articles", "--json")) == documented("articles")
    write("coverage/spoilt.md", b"")
    checked = record("check", "--json")
    assert list(checked) == documented("check")
    assert set(checked["look_at"][0]) == {"kind", "articles"} == words_of("check", "look_at")
    assert set(checked["findings"][0]) | {"info", "warning"} == words_of("check", "findings")
    assert set(checked["rejections"][0]) == words_of("check", "rejections")


def test_paragraphs_count_from_0_in_records_and_from_1_in_text(record: Any, isnad: CommandLine) -> None:
    assert record("ask", ANSWERED, "--json")["quotes"][0]["paragraph"] == 0
    assert "الفقرة 1" in isnad("ask", ANSWERED).out
    assert '`"paragraph": 0` is «الفقرة 1»' in DOCS


def test_every_value_that_a_field_may_take_is_named() -> None:
    named = {
        value
        for words in re.findall(r"^(?:Reasons|Statements) are .*?\n\n", DOCS, re.DOTALL | re.MULTILINE)
        for value in re.findall(r"`(\w+)`", words)
    }
    assert named == {*Reason, *Statement}
    assert words_of("ask", "mode") == set(Mode)
    assert words_of("explanation", "asks") == set(AnswerType)
