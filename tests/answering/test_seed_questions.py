"""The first user's article: forty questions, half of them with an answer in it."""

import pytest

from bot.edition import Edition
from tests.answering.conftest import SEEDS
from tests.answering.program import Asked, ask, ask_in_process, failures

QUESTIONS = "tests/data/seed_questions.jsonl"
KEYS = {"question", "mode", "outcome", "reason", "quotes", "missing", "related"}
KEYS |= {"statement", "differences", "unanswered", "hint", "edition", "ms", "answer", "meant", "nearest"}
QUOTE_KEYS = {"text", "article_id", "title", "outlet", "url", "published", "sources", "dead_since"}
QUOTE_KEYS |= {"paragraph", "start", "end", "score", "also"}
QUOTE_KEYS |= {"answer", "shown", "event_date"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is not beside this checkout")
    return ask(SEEDS, QUESTIONS, tmp_path_factory.mktemp("seeds"))


def test_at_least_eighteen_of_twenty_are_answered_with_the_right_sentence(asked: list[Asked]) -> None:
    assert sum(one.question["expect"] == "answer" for one in asked) == 20
    assert len(wrong := failures(asked, "answer")) <= 2, wrong


def test_at_least_eighteen_of_twenty_are_refused(asked: list[Asked]) -> None:
    assert sum(one.question["expect"] == "refuse" for one in asked) == 20
    assert len(wrong := failures(asked, "refuse")) <= 2, wrong


@pytest.mark.parametrize("kind", ["teaser", "related"])
def test_nothing_is_answered_from_navigation(asked: list[Asked], kind: str) -> None:
    of_kind = [one for one in asked if one.question["kind"] == kind]
    assert of_kind
    assert [one.question["question"] for one in of_kind if one.is_answered] == []


def test_every_quote_stands_in_the_article_at_its_offsets(asked: list[Asked], seeds: Edition) -> None:
    for quote in (quote for one in asked for quote in one.record["quotes"]):
        article = seeds.articles[quote["article_id"]]
        assert article.paragraphs[quote["paragraph"]].text[quote["start"] : quote["end"]] == quote["text"]
        assert quote["title"] == article.title


def test_records_have_the_promised_keys_and_no_others(asked: list[Asked]) -> None:
    for record in (one.record for one in asked):
        assert record.keys() == KEYS
        assert all(quote.keys() == QUOTE_KEYS for quote in record["quotes"])
        assert all(related.keys() == {"article_id", "title", "url"} for related in record["related"])


def test_records_are_answers_with_quotes_or_refusals_with_a_reason(asked: list[Asked], seeds: Edition) -> None:
    for one in asked:
        record = one.record
        assert record["question"] == one.question["question"]
        assert record["edition"] == seeds.fingerprint
        assert record["outcome"] in {"answer", "refusal"}
        assert bool(record["quotes"]) == one.is_answered
        assert (record["reason"] is None) == one.is_answered
        assert not (one.is_answered and (record["missing"] or record["related"]))
        assert 0 <= record["ms"] < 5000


def test_another_run_with_another_hash_seed_gives_the_same_records(asked: list[Asked]) -> None:
    again = ask_in_process(SEEDS, QUESTIONS, PYTHONHASHSEED="4217")
    assert [one.record | {"ms": 0} for one in again] == [one.record | {"ms": 0} for one in asked]
