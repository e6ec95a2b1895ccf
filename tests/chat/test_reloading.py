import asyncio
import threading
from pathlib import Path

import pytest

from bot.articles import Rejection, RejectionReason
from bot.chat.errors import ReplyError
from bot.chat.reloading import Reloading
from bot.edition import Changes, EmptyCorpusError
from tests.chat.doubles import edition, editions
from tests.chat.samples import ARABIC, article


def fail(error: Exception) -> Changes:
    raise error


async def test_a_reload_reports_its_changes() -> None:
    changes = Changes((article("خبر جديد"),), (), (), ())
    card = await Reloading(editions(edition(article()), lambda: changes), ARABIC).run()
    assert card.blocks == (
        ARABIC("reload.done"),
        "**أُضيف (1)**\nفي 9 مارس/آذار 2026: [خبر جديد](https://news.example/library)\u00a0· صحيفة الضفة",
    )


async def test_a_second_reload_is_told_of_the_first() -> None:
    release = threading.Event()

    def slow() -> Changes:
        release.wait(5)
        return Changes((), (), (), ())

    reloading = Reloading(editions(edition(article()), slow), ARABIC)
    first = asyncio.create_task(reloading.run())
    await asyncio.sleep(0.01)
    with pytest.raises(ReplyError, match=r"reload\.running"):
        await reloading.run()
    release.set()
    assert (await first).blocks == (ARABIC("reload.unchanged"),)


async def test_an_empty_corpus_is_reported_with_its_rejections() -> None:
    rejections = [Rejection("broken.md", RejectionReason.NO_TITLE)]
    error = EmptyCorpusError(Path("corpus"), rejections)
    card = await Reloading(editions(edition(article()), lambda: fail(error)), ARABIC).run()
    assert card.blocks[0] == ARABIC("reload.empty")
    assert "broken.md" in card.blocks[1]


async def test_any_failure_keeps_the_old_edition_and_opens_the_way_for_another_try() -> None:
    reloading = Reloading(editions(edition(article()), lambda: fail(MemoryError())), ARABIC)
    for _ in range(2):
        with pytest.raises(ReplyError, match=r"reload\.failed"):
            await reloading.run()
