"""`make discord`: the bot runs against the played Discord, and somebody types."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.e2e.program import ROOT
from tests.patience import waiting_for
from tests.processes import leashed


@pytest.mark.slow
async def test_somebody_talks_to_the_bot_and_nothing_is_left_behind(tmp_path: Path) -> None:
    settings = ("DISCORD_", "CORPUS_", "REPLY_", "DATABASE_", "RECORDS_", "LC_", "XDG_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(settings)}
    (tmp_path / "home").mkdir()
    (tmp_path / "tmp").mkdir()
    places = {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), "LANG": "en_US.UTF-8"}
    played = await asyncio.create_subprocess_exec(
        *leashed("-m", "tests.discord_server", "--run-bot"),
        cwd=ROOT,
        env=inherited | places,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    typed = "/ask question=كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟\n:wait\n:violations\n:quit\n"
    async with waiting_for("the end of the played Discord"):
        printed, _ = await played.communicate(typed.encode())
    shown = printed.decode()
    assert played.returncode == 0, shown
    assert "DISCORD_TOKEN" not in shown
    assert shown.index(" answers as ") < shown.index("a message that mentions the bot")
    assert "السؤال: «كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟»" in shown
    assert "\nnone\n" in shown
    assert [path for folder in ("home", "tmp") for path in (tmp_path / folder).rglob("*")] == []
