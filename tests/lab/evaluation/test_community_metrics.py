"""Messages of each kind count as met by what their kind asks for, in all and by region and style."""

import pytest

from bot.answering import Answer, Quote, Reason, Refusal, Statement
from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.lab.evaluation.community_metrics import CommunityMetrics, score_community
from bot.lab.evaluation.quality_metrics import flat_record
from bot.lab.evaluation.question_sets import Case
from tests.answering.coverage import ANALYSER

TEXT = "بلغت الكلفة تسعين مليونا. وحضر الوزير."
BRIDGE, OLIVES = (Article(name, name, (Paragraph(TEXT),)) for name in ("bridge", "olives"))
COST, MINISTER = Quote(TEXT[:25], BRIDGE, 0, 0, 25, 0.9), Quote(TEXT[26:], OLIVES, 0, 26, len(TEXT), 0.8)
EDITION = make_edition([BRIDGE, OLIVES], [], ANALYSER)
OUTCOMES: dict[str, Answer | Refusal] = {
    "first": Answer("first", (COST, MINISTER), "e"),
    "second": Answer("second", (MINISTER, COST), "e"),
    "wrong": Answer("wrong", (MINISTER,), "e"),
    "refused": Refusal("refused", Reason.UNSUPPORTED, "e"),
    "off": Refusal("off", Reason.OFF_TOPIC, "e"),
    "greeted": Refusal("greeted", Reason.GREETING, "e"),
}
ANSWERS = ("تسعين مليونا",)
SHARES = [("first", (1, 1)), ("second", (0, 1)), ("wrong", (0, 0)), ("refused", (0, 0))]


def answer(question: str, edition: Edition) -> Answer | Refusal:
    assert edition is EDITION
    return OUTCOMES[question]


def metrics(*cases: Case) -> CommunityMetrics:
    return score_community(cases, EDITION, answer).figures


def test_questions_of_fact_count_as_in_every_set() -> None:
    figures = metrics(*(Case(name, "gold", ANSWERS) for name in ("first", "second", "wrong", "refused")))
    assert (figures.right_at_1, figures.right_at_3) == ({"gold": 0.25}, {"gold": 0.5})
    assert (figures.wrong, figures.false_refusals) == (0.25, 0.25)
    figures = metrics(*(Case(name, kind, ()) for kind in ("near", "off") for name in ("first", "off")))
    assert figures.refused == {"near": 0.5, "off": 0.5}
    assert figures.questions == {"near": 2, "off": 2}
    assert figures.right_at_1 == figures.right_at_3 == {}
    assert figures.wrong is figures.chat_met is None


@pytest.mark.parametrize("kind", ["overview", "latest"])
@pytest.mark.parametrize(("name", "shares"), SHARES)
def test_an_overview_and_the_latest_news_are_quoted_from_a_named_article(
    kind: str, name: str, shares: tuple[float, float]
) -> None:
    # Their quotes need not hold the answer.
    figures = metrics(Case(name, kind, ("غير ذلك",), articles=("bridge",)))
    assert (figures.right_at_1, figures.right_at_3) == ({kind: shares[0]}, {kind: shares[1]})


@pytest.mark.parametrize("kind", ["claim_true", "claim_false"])
@pytest.mark.parametrize(("name", "shares"), SHARES)
def test_a_claim_is_shown_or_corrected_by_a_quote(kind: str, name: str, shares: tuple[float, float]) -> None:
    figures = metrics(Case(name, kind, ANSWERS))
    assert (figures.right_at_1, figures.right_at_3) == ({kind: shares[0]}, {kind: shares[1]})


def test_verdicts_on_true_and_false_claims_are_counted_apart() -> None:
    statements = {"same": Statement.SAME, "otherwise": Statement.OTHERWISE, "neither": Statement.MATTER}
    outcomes = {name: Answer(name, (COST,), "e", statement=said) for name, said in statements.items()}
    cases = [
        *(Case(name, "claim_true", ANSWERS) for name in ("same", "same", "neither", "otherwise")),
        *(Case(name, "claim_false", ANSWERS) for name in ("otherwise", "neither")),
    ]
    figures = score_community(cases, EDITION, lambda question, _: outcomes[question]).figures
    assert figures.verdicts == {
        "claim_true": {"same": 0.5, "otherwise": 0.25},
        "claim_false": {"same": 0.0, "otherwise": 0.5},
    }


@pytest.mark.parametrize(("name", "share"), [("greeted", 1), ("refused", 0), ("off", 0), ("first", 0)])
def test_chat_is_met_without_a_quote_and_without_a_word_on_the_coverage(name: str, share: float) -> None:
    assert metrics(Case(name, "chat", ())).chat_met == share


def test_regions_styles_and_kinds_of_answers_have_figures_of_their_own() -> None:
    cases = [
        Case("first", "gold", ANSWERS, region="tn", style="plain", asked="money"),
        Case("wrong", "gold", ANSWERS, region="eg", style="plain"),
        Case("greeted", "chat", (), region="eg"),
        Case("off", "off", ()),
    ]
    report = score_community(cases, EDITION, answer)
    assert list(report.regions) == ["eg", "tn"]
    assert [report.regions[name].right_at_1 for name in ("tn", "eg")] == [{"gold": 1}, {"gold": 0}]
    assert report.regions["eg"].chat_met == 1
    assert [(style, figures.questions) for style, figures in report.styles.items()] == [("plain", {"gold": 2})]
    record = flat_record(report)
    assert record["right_at_1"] == record["styles"]["plain"]["right_at_1"] == {"gold": 0.5}
    assert report.asked["money"].right_at_1 == {"gold": 1}
    assert list(record)[-3:] == ["regions", "styles", "asked"]
