"""Claims on a real news archive, half of them false in a figure, a date, a name, a place, a rank or a denial."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bot.answering import Answer, Statement
from bot.articles import BoilerplatePhrases, read_corpus
from bot.edition import Edition, make_edition
from bot.lab.evaluation.community_metrics import score_community
from bot.lab.evaluation.question_sets import read_set
from bot.settings import CONFIG
from tests.answering.coverage import ANALYSER, ANSWERER

ROOT = Path(__file__).resolve().parents[3]
NEWS = ROOT.parent / "shared" / "corpora" / "news_ant.articles.jsonl"
PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
CLAIMS = ROOT / "tests" / "data" / "claims"


@pytest.fixture(scope="module")
def archive() -> Edition:
    if not NEWS.is_file():
        pytest.skip("../shared/corpora is not beside this checkout")
    articles = read_corpus(NEWS, PHRASES).articles
    return make_edition(articles, (), ANALYSER)


@pytest.mark.slow
@pytest.mark.parametrize(("part", "least_same", "least_otherwise"), [("k0", 0.4, 0.69), ("k1", 0.15, 0.3)])
def test_verdicts_are_as_often_right_as_before(
    archive: Edition, part: str, least_same: float, least_otherwise: float
) -> None:
    # Lists and rules were made with k0 in sight; of k1, measured once, only wrong verdicts were mended.
    claims = read_set(CLAIMS, PHRASES, tuple(archive.articles.values()), part)
    verdicts = score_community(claims.cases, archive, ANSWERER.answer).figures.verdicts
    print(verdicts)  # noqa: T201 - for a failure
    assert verdicts["claim_true"]["same"] >= least_same
    assert verdicts["claim_false"]["otherwise"] >= least_otherwise
    assert verdicts["claim_true"]["otherwise"] == verdicts["claim_false"]["same"] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("half", "least_denied", "most_wrong"), [("claims_news", 12, 0), ("claims_news_held_out", 10, 1)]
)
def test_what_articles_deny_is_told_and_hardly_a_false_claim_is_confirmed(
    half: str, least_denied: int, most_wrong: int, archive: Edition
) -> None:
    """Hold what was measured: of 18 denials in each half, and the one of the held-out half that is called the same."""
    lines = (CLAIMS.with_name(half) / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = list(map(json.loads, lines))
    outcomes = [(row["kind"], ANSWERER.answer(row["question"], archive)) for row in rows]
    counts = Counter((kind, outcome.statement) for kind, outcome in outcomes if isinstance(outcome, Answer))
    assert counts["claim_denied", Statement.DENIED] >= least_denied, counts
    wrong = (("claim_denied", Statement.SAME), ("claim_false", Statement.SAME), ("claim_true", Statement.DENIED))
    assert sum(counts[one] for one in wrong) <= most_wrong, counts
