"""Questions are wrapped on each side, the same way each time, and what changes by that is counted."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.answering import Answer, Quote, Reason, Refusal
from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.errors import SetError
from bot.lab.evaluation.quality_metrics import flat_record
from bot.lab.evaluation.question_sets import Case
from bot.lab.evaluation.wrapped_questions import Courtesy, StabilityMetrics, read_courtesies, score_stability, wrap
from bot.settings import CONFIG
from bot.texts import Texts, languages
from tests.answering.coverage import ANALYSER

LIST = Path(__file__).resolve().parents[2] / "data" / "courtesies.jsonl"
GREETING, THANKS = Courtesy("سلام،", "", "tn", "greeting"), Courtesy("", "شكرا", "eg", "thanks")
LETTER = Courtesy("تحية طيبة،", "مع التقدير", "msa", "formal")
COURTESIES = (GREETING, THANKS, LETTER)

TEXT = "بلغت الكلفة تسعين مليونا. وحضر الوزير."
BRIDGE, OLIVES = (Article(name, name, (Paragraph(TEXT),)) for name in ("bridge", "olives"))
EDITION = make_edition([BRIDGE, OLIVES], [], ANALYSER)
FIRST, LATER = Quote(TEXT[:25], BRIDGE, 0, 0, 25, 0.9), Quote(TEXT[26:], BRIDGE, 0, 26, len(TEXT), 0.9)
ELSEWHERE = Quote(TEXT[:25], OLIVES, 0, 0, 25, 0.9)


def stability(alone: Answer | Refusal, wrapped: Answer | Refusal) -> StabilityMetrics:
    def answer(question: str, edition: Edition) -> Answer | Refusal:
        assert edition is EDITION
        return alone if question == "كم بلغت الكلفة؟" else wrapped

    return score_stability([Case("كم بلغت الكلفة؟", "gold", ())], EDITION, answer, COURTESIES).figures


def test_the_list_of_the_suite_is_of_all_regions() -> None:
    courtesies = read_courtesies(LIST)
    assert len(set(courtesies)) == len(courtesies) == 80
    regions = {courtesy.region for courtesy in courtesies}
    assert regions == {"tn", "ma", "dz", "ly", "eg", "sd", "lev", "gulf", "iq", "ye", "msa", "fr", "en"}
    assert min(Counter(courtesy.region for courtesy in courtesies).values()) >= 3


def test_a_question_is_wrapped_before_after_and_around() -> None:
    wrapped = {each.position: each for each in wrap("متى افتتح الجسر؟", COURTESIES)}
    assert list(wrapped) == ["before", "after", "both"]
    assert wrapped["before"].courtesy in {GREETING, LETTER}
    assert wrapped["before"].question == f"{wrapped['before'].courtesy.before} متى افتتح الجسر؟"
    assert wrapped["after"].question == f"متى افتتح الجسر؟ {wrapped['after'].courtesy.after}"
    assert wrapped["both"].question == "تحية طيبة، متى افتتح الجسر؟ مع التقدير"


def test_the_draw_is_the_seed_s_and_the_question_s_alone() -> None:
    courtesies = read_courtesies(LIST)
    draws = {
        (question, seed): tuple(wrap(question, courtesies, seed)) for question in ("متى؟", "أين؟") for seed in (0, 1)
    }
    assert len({tuple(each.courtesy for each in wrapped) for wrapped in draws.values()}) == 4
    for (question, seed), wrapped in draws.items():
        assert tuple(wrap(question, courtesies[::-1], seed)) == wrapped


@pytest.mark.parametrize(
    ("alone", "wrapped", "shares"),
    [
        (Answer("q", (FIRST,), "e"), Answer("w", (FIRST, LATER), "e"), (1, 1, 1)),
        (Answer("q", (FIRST,), "e"), Answer("w", (LATER, FIRST), "e"), (1, 1, 0)),
        (Answer("q", (FIRST,), "e"), Answer("w", (ELSEWHERE,), "e"), (1, 0, 0)),
        (Answer("q", (FIRST,), "e"), Refusal("w", Reason.OFF_TOPIC, "e"), (0, 0, 0)),
        (Refusal("q", Reason.OFF_TOPIC, "e"), Answer("w", (FIRST,), "e"), (0, 0, 0)),
        (Refusal("q", Reason.OFF_TOPIC, "e"), Refusal("w", Reason.UNSUPPORTED, "e"), (0, 0, 0)),
        (Refusal("q", Reason.OFF_TOPIC, "e"), Refusal("w", Reason.OFF_TOPIC, "e", ("كلمة",)), (1, 1, 1)),
    ],
)
def test_outcome_article_and_quote_are_compared(
    alone: Answer | Refusal, wrapped: Answer | Refusal, shares: tuple[float, float, float]
) -> None:
    assert stability(alone, wrapped) == StabilityMetrics(3, *shares)


def test_groups_are_counted_apart_and_chat_is_left_out() -> None:
    def answer(question: str, edition: Edition) -> Answer | Refusal:
        assert "مرحبا" not in question
        return Refusal(question, Reason.THANKS if "شكرا" in question else Reason.OFF_TOPIC, edition.fingerprint)

    cases = [Case("متى افتتح الجسر؟", "gold", ()), Case("مرحبا", "chat", ())]
    report = score_stability(cases, EDITION, answer, (THANKS, LETTER), seed=1)
    changed = {name for name, figures in report.positions.items() if figures.outcomes < 1}
    assert changed <= {"after"}
    assert sum(figures.questions for figures in report.regions.values()) == report.figures.questions == 3
    assert list(flat_record(report)) == [
        *("questions", "outcomes", "articles", "quotes"),
        *("positions", "regions", "kinds"),
    ]


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (None, "no_courtesies"),
        (["{"], "no_json"),
        (["[]"], "courtesy"),
        ([{"before": "سلام", "after": "شكرا", "region": "tn"}], "courtesy"),
        ([{"before": " ", "after": "", "region": "tn", "kind": "thanks"}], "courtesy"),
        ([{"before": "سلام", "after": 7, "region": "tn", "kind": "thanks"}], "courtesy"),
        ([{"before": "سلام", "after": "", "region": "tn", "kind": "greeting"}], "one_sided"),
        ([], "one_sided"),
    ],
)
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, lines: list[object] | None, key: str) -> None:
    file = tmp_path / "courtesies.jsonl"
    if lines is not None:
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        file.write_text("\n".join(texts), encoding="utf-8")
    with pytest.raises(SetError) as raised:
        read_courtesies(file)
    assert raised.value.key == f"set.{key}"
    for language in languages(CONFIG / "texts"):
        assert str(file) in Texts.read(CONFIG / "texts", language)(raised.value.key, **raised.value.values)
