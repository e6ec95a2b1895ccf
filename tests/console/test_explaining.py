"""`ask --explain`: how an answer or a refusal came about, as text and as part of the record."""

import json
from typing import Any

import pytest

from bot.console.terminal import Terminal
from bot.texts import Texts
from tests.answering.coverage import ANSWERER, TOWN
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, REFUSED, CommandLine
from tests.console.conftest import Write


def test_an_explanation_stands_below_its_answer(isnad: CommandLine) -> None:
    plain, done = isnad("ask", ANSWERED), isnad("ask", ANSWERED, "--explain")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(plain.out)
    lines = [line.strip() for line in done.out.removeprefix(plain.out).splitlines()]
    for line in (
        ARABIC("explain.title"),
        ARABIC("explain.understood", question=ANSWERED),
        ARABIC("explain.asks", kind=ARABIC("asks.time")),
        ARABIC("explain.terms"),
        ARABIC("explain.candidate", title="افتتاح المكتبة العامة في المدينة القديمة", number=1),
    ):
        assert line in lines
    assert any("«\u2068البلدية\u2069» بكلمة «\u2068البلدية\u2069» 1.00" in line for line in lines)
    assert any(line.startswith("إشارة التقدّم على المقالات الأخرى: ") for line in lines)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        *[("مرحبا", "not_asked"), ("ومتى؟", "not_asked"), ("هل " * 600, "not_asked")],
        *[("متى افتتح Zorbax؟", "unknown_name"), ("متى استقالت مديرة المكتبة العامة؟", "unknown_event")],
    ],
)
def test_a_refusal_is_explained_however_early_it_came(isnad: CommandLine, question: str, key: str) -> None:
    done = isnad("ask", question, "--explain")
    assert (done.code, done.err) == (3, "")
    assert ARABIC("explain.decision", decision=ARABIC(f"decision.{key}")) in done.out


def test_words_found_nowhere_and_objections_are_named(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLY_LANGUAGE", "en")
    done = isnad("ask", "كم بلغت كلفة المكتبة العامة وقطارها في 2031؟", "--explain")
    [line] = [line for line in done.out.splitlines() if "“\u2068وقطارها\u2069”" in line and "stem" in line]
    assert line.endswith("nowhere in the coverage")
    assert ENGLISH("explain.objection", objection=ENGLISH("objection.year")) in done.out


def test_the_record_has_an_explanation_and_is_the_same_without_it(isnad: CommandLine) -> None:
    plain = json.loads(isnad("ask", ANSWERED, "--json").out)
    record = json.loads(isnad("ask", ANSWERED, "--json", "--explain").out)
    explanation = record.pop("explanation")
    assert record | {"ms": 0} == plain | {"ms": 0}
    assert (explanation["understood"], explanation["asks"], explanation["decision"]) == (ANSWERED, "time", "supported")
    best = explanation["candidates"][0]
    assert (best["article_id"], best["paragraph"], best["objection"]) == ("library", 0, None)
    assert best["probability"] >= explanation["threshold"]
    assert {"asked": "البلدية", "found": "البلدية", "strength": 1.0} in best["matches"]


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("متى أغلقت البلدية الجسر القديم؟", {"kind": "time", "words": []}),
        (REFUSED, None),
        (ANSWERED, None),
    ],
)
def test_a_refusal_tells_what_the_nearest_passage_lacks(
    isnad: CommandLine, question: str, lacking: dict[str, Any] | None
) -> None:
    record = json.loads(isnad("ask", question, "--json", "--explain").out)
    assert record["explanation"]["lacking"] == lacking


def test_every_question_of_a_file_is_explained(isnad: CommandLine, write: Write) -> None:
    write("questions.txt", f"{ANSWERED}\n{REFUSED}\nمرحبا\n")
    done = isnad("ask", "--questions", "questions.txt", "--json", "--explain")
    decisions = [json.loads(line)["explanation"]["decision"] for line in done.out.splitlines()]
    assert decisions[::2] == ["supported", "not_asked"]
    assert decisions[1] in {"weak", "ruled_out"}


def test_a_signal_without_a_name_goes_by_its_field(capsys: pytest.CaptureFixture[str]) -> None:
    nameless = Texts("ar", {key: text for key, text in ARABIC.entries.items() if key != "signal.gap"})
    Terminal(nameless).explain(ANSWERER.explain("متى افتتحت المكتبة العامة؟", TOWN))
    shown = capsys.readouterr().out
    assert "إشارة gap: " in shown
    assert f"إشارة {ARABIC('signal.lead')}: " in shown
