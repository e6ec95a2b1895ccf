"""Questions that several threads answer at once have the outcomes that they have one by one."""

import asyncio
import gc
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from types import FrameType

import pytest

from bot.answering import Answer, Answerer, CoverageSummaries, Knowledge, Refusal
from bot.answering.knowledge import word_relations
from bot.arabic import Analyser, analysis
from bot.articles import Article, article_store
from bot.edition import Edition, GoldenQuestion, make_edition
from bot.retrieval import passage_layouts, postings, variants
from bot.storage import Memory, strings
from bot.workers.threads import Worker
from tests.answering.coverage import ANALYSER, ANSWERER, BACKGROUND, KNOWLEDGE, LEXICON, MODEL
from tests.answering.program import read_questions
from tests.patience import PATIENCE
from tests.retrieval.opensearch.test_opensearch_engine import publish

QUESTIONS = [question["question"] for question in read_questions("tests/data/corpus_questions.jsonl")]
_THREADS, _CALLS = 4, 97
MEMORIES = [
    *(
        (module, "_REMEMBERED")
        for module in (word_relations, article_store, passage_layouts, postings, variants, strings)
    ),
    (strings, "_REMEMBERED_SETS"),
    (analysis, "_CACHE_SIZE"),
]


@pytest.fixture
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what is remembered all the time."""
    for module, bound in MEMORIES:
        monkeypatch.setattr(module, bound, 2)
    for memory in (one for one in gc.get_objects() if isinstance(one, Memory)):
        monkeypatch.setattr(memory, "_half", 1)


def embedded(articles: Sequence[Article]) -> Edition:
    return make_edition(articles, (), ANALYSER)


def clustered(articles: Sequence[Article]) -> Edition:
    """Make an edition whose index and articles are in a cluster."""
    there = publish(articles, analyser=ANALYSER)
    return replace(there.edition, index=there.engine, articles=there.articles, catalogue=there.catalogue)


@contextmanager
def taking_turns() -> Iterator[None]:
    """Let another thread go on at every hundredth call of a function, wherever that is."""
    calls = count(1)

    def give_way(_: FrameType, event: str, __: object) -> None:
        if event == "call" and next(calls) % _CALLS == 0:
            time.sleep(0)

    sys.setprofile(give_way)
    try:
        yield
    finally:
        sys.setprofile(None)


@pytest.mark.usefixtures("_forgetful")
@pytest.mark.parametrize("make", [embedded, clustered])
@pytest.mark.parametrize("questions", [pytest.param(QUESTIONS, marks=pytest.mark.slow), QUESTIONS[::6]], ids=len)
async def test_threads_that_answer_at_once_find_what_one_finds(
    corpus: Edition, make: Callable[[Sequence[Article]], Edition], questions: Sequence[str]
) -> None:
    expected = [ANSWERER.answer(question, corpus) for question in questions]
    fresh = make(tuple(corpus.articles.values()))
    answerer, together = (
        Answerer(Knowledge(Analyser(LEXICON.stop_words), LEXICON, BACKGROUND, MODEL)),
        threading.Barrier(_THREADS),
    )

    def answer_all(first: int) -> list[Answer | Refusal]:
        together.wait(PATIENCE)
        with taking_turns():
            outcomes = [answerer.answer(question, fresh) for question in (*questions[first:], *questions[:first])]
        return [*outcomes[len(questions) - first :], *outcomes[: len(questions) - first]]

    worker, firsts = Worker(_THREADS), [len(questions) * thread // _THREADS for thread in range(_THREADS)]
    for outcomes in await asyncio.gather(*(worker.run(answer_all, first) for first in firsts)):
        assert outcomes == expected


async def test_a_coverage_is_summarised_once_for_all_threads(corpus: Edition) -> None:
    begun, release, asked = threading.Event(), threading.Event(), list[str]()

    class Slow(Answerer):
        def answer(self, message: str, *_: object) -> Answer | Refusal:
            asked.append(message)
            begun.set()
            assert release.wait(PATIENCE), "nobody let the summary go on"
            return super().answer(message, corpus)

    summaries, worker = CoverageSummaries(Slow(KNOWLEDGE)), Worker(_THREADS)
    golden = [GoldenQuestion(QUESTIONS[0], next(iter(corpus.articles)))]
    waiting = [asyncio.create_task(worker.run(summaries.summarise, corpus, (), golden)) for _ in range(_THREADS)]
    assert await asyncio.to_thread(begun.wait, PATIENCE), "no thread began to summarise"
    release.set()
    first, *others = await asyncio.gather(*waiting)
    assert all(other is first for other in others)
    assert asked == QUESTIONS[:1]
