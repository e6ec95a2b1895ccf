"""A corpus that looks wrong does not serve, unless a moderator insists; the card says what looks wrong."""

from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED
from tests.e2e.moderating import FORCED, KEPT, SERVED, answered, reload, started, status

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHRUNK = "نقص عدد المقالات من 3 إلى {after}"
GOLDEN = "- question: {question}\n  article: {article}\n"


def shrink(corpus: Path, *names: str) -> None:
    for name in names:
        (corpus / f"{name}.md").unlink()


def expect(corpus: Path, question: str, article: str) -> None:
    """Write the golden questions of a corpus."""
    (corpus / "questions.yaml").write_text(GOLDEN.format(question=question, article=article), encoding="utf-8")


async def test_a_corpus_that_has_shrunk_more_than_the_setting_allows_is_refused_until_forced(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    async with started(server, corpus, tmp_path / "log", module="bot", CORPUS_MOST_SHRINK="0.2"):
        shrink(corpus, "olives")
        card = await reload(server)
        assert SHRUNK.format(after=2) in card
        assert "20%" in card
        assert KEPT in card
        assert "عدد المقالات: 3" in await status(server)

        card = await reload(server, options=FORCED)
        assert SERVED in card
        assert "أُزيل (1)" in card
        assert "عدد المقالات: 2" in await status(server)


async def test_a_setting_may_allow_more_than_half_to_go(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    async with started(server, corpus, tmp_path / "log", module="bot", CORPUS_MOST_SHRINK="0.7"):
        shrink(corpus, "olives", "tram")
        assert SERVED in await reload(server)
        assert "عدد المقالات: 1" in await status(server)


async def test_a_corpus_that_does_not_answer_its_golden_questions_does_not_serve(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    expect(corpus, QUESTION, "library")
    async with started(server, corpus, tmp_path / "log", module="bot"):
        (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")
        expect(corpus, MUSEUM_QUESTION, "tram")
        for options in (None, FORCED):
            card = await reload(server, options=options)
            assert "أسئلة الفحص التي لم تنجح: 1 من 1" in card
            assert f"«{MUSEUM_QUESTION}» المطلوب" in card
            assert "tram" in card.partition(MUSEUM_QUESTION)[2]
            assert KEPT in card
        assert MUSEUM_QUOTED not in await answered(server, MUSEUM_QUESTION)
        assert QUOTED in await answered(server, QUESTION)

        expect(corpus, MUSEUM_QUESTION, "museum")
        card = await reload(server)
        assert SERVED in card
        assert "أسئلة الفحص التي نجحت: 1" in card
        assert MUSEUM_QUOTED in await answered(server, MUSEUM_QUESTION)


async def test_a_first_corpus_that_fails_its_golden_questions_serves_and_says_so(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    expect(corpus, QUESTION, "tram")
    async with started(server, corpus, tmp_path / "log", module="bot") as program:
        assert "تُستعمل التغطية إذ لا غيرها" in program.log
        assert f"«{QUESTION}» المطلوب" in await status(server)
        assert QUOTED in await answered(server, QUESTION)
