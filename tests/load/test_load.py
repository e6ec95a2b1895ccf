"""The program under a load that every machine bears; how fast it is, `make load` tells."""

from pathlib import Path

import pytest

from tests.e2e.coverage import NEARBY_QUESTION, QUESTION, TRAM_QUESTION, write_corpus
from tests.load.load import Load, storm
from tests.load.report import as_text
from tests.load.run import run


@pytest.mark.slow
async def test_every_question_is_answered_once_through_reloads_and_cuts(tmp_path: Path) -> None:
    questions = (QUESTION, TRAM_QUESTION, NEARBY_QUESTION)
    load = Load(questions, rate=20, seconds=5, reload_every=2, reconnect_every=1.5)
    told = await run(load, write_corpus(tmp_path / "corpus"), members=30, channels=8)
    assert told["questions"] == told["answered"] == 100
    assert [told[name] for name in ("declined", "missing", "repeated", "errors", "violations")] == [0] * 5
    assert told["reloads"] >= 1
    assert told["resumes"] >= 1
    assert as_text(told).startswith("100 questions: 100 answered")


@pytest.mark.slow
async def test_fifty_at_once_a_limit_for_all_and_a_restart_leave_no_question_without_a_word(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    told = await run(storm((QUESTION, TRAM_QUESTION)), corpus, members=60, channels=8, limits=True)
    assert told["questions"] == told["answered"] + told["declined"] == 110
    assert [told[name] for name in ("missing", "repeated", "violations")] == [0] * 3
