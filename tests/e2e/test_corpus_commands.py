"""Moderators reload the corpus; nobody else does; a failure keeps the old edition."""

import shutil

import pytest

from tests.discord_server import CommandUnavailable, DiscordServer
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, write_corpus
from tests.e2e.moderating import begin_reload, outcome_card
from tests.e2e.program import Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def reload(stage: Stage, author: str = "ناصر") -> str:
    reply = await outcome_card(stage.server, await begin_reload(stage.server, author))
    assert reply.is_ephemeral
    return reply.text


async def status(stage: Stage) -> str:
    asked = await stage.server.run_command("corpus status", author="ناصر", channel="عام")
    reply = await stage.server.wait_for_reply(asked)
    assert reply.is_ephemeral
    return reply.text


async def test_a_reload_reports_and_serves_what_changed(stage: Stage) -> None:
    museum, broken = stage.corpus / "museum.md", stage.corpus / "broken.md"
    museum.write_text(MUSEUM, encoding="utf-8")
    broken.write_text("---\noutlet: x\n---\n\nبلا عنوان.\n", encoding="utf-8")
    try:
        report = await reload(stage)
        question = await stage.server.post_message("عام", "سارة", f"<@bot> {MUSEUM_QUESTION}")
        reply = await stage.server.wait_for_reply(question)
    finally:
        museum.unlink()
        broken.unlink()
    assert "أُضيف (1)\n[متحف البحر يفتح أبوابه في الميناء القديم]" in report
    assert "لم يُقرأ (1)" in report
    assert "broken.md" in report
    assert MUSEUM_QUOTED in reply.text
    assert "أُزيل (1)\n[متحف البحر" in await reload(stage)
    assert "لم يتغيّر في التغطية شيء" in await reload(stage)


async def test_a_reload_that_fails_keeps_the_old_edition(stage: Stage) -> None:
    shutil.rmtree(stage.corpus)
    try:
        assert "بقيت التغطية السابقة كما هي" in await reload(stage)
        question = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
        assert QUOTED in (await stage.server.wait_for_reply(question)).text
    finally:
        write_corpus(stage.corpus)


async def test_what_a_card_has_no_room_for_comes_as_a_file_and_a_rollback_takes_it_back(stage: Stage) -> None:
    added = [stage.corpus / f"museum-{number}.md" for number in range(60)]
    for number, file in enumerate(added):
        file.write_text(MUSEUM.replace("متحف البحر", f"متحف البحر رقم {number}"), encoding="utf-8")
    try:
        reply = await outcome_card(stage.server, await begin_reload(stage.server))
    finally:
        for file in added:
            file.unlink()
    assert "أُضيف (60)" in reply.text
    lines = reply.message.files["changes.txt"].decode().splitlines()
    assert lines[0] == "أُضيف (60)"
    assert sum(line.startswith("2026-06-01 · متحف البحر رقم") for line in lines) == 60
    asked = await stage.server.run_command("corpus rollback", author="ناصر", channel="عام")
    reply = await stage.server.wait_for_reply(asked)
    assert "عدتُ إلى تغطية سابقة" in reply.text
    assert "أُزيل (60)" in reply.text
    assert "لا يعود من المصدر إلا بأمر من مشرف" in reply.text
    assert "زمن البناء" not in reply.text
    assert "آخر تغيير: العودة إلى التغطية السابقة" in await status(stage)
    assert "Reload by <@" in stage.program.log
    assert "Rollback by <@" in stage.program.log


async def test_members_are_not_offered_the_commands_of_moderators(stage: Stage) -> None:
    for name in ("corpus reload", "corpus add"):
        with pytest.raises(CommandUnavailable):
            await stage.server.run_command(name, author="سارة", channel="عام")


async def test_status_describes_the_edition(stage: Stage) -> None:
    await reload(stage)
    text = await status(stage)
    assert "عدد المقالات: 3" in text
    assert "عدد الفقرات: 5" in text
    assert f"المصدر: \u2068{stage.corpus.name}\u2069" in text
    assert "صحيفة الضفة: 2" in text
    assert "أبريل 2026: 1" in text
    assert "الذاكرة بالميغابايت" in text
    assert "آخر تجديد" in text


async def test_an_answer_is_explained_by_a_card_and_its_file(stage: Stage) -> None:
    options = {"question": f"<@{stage.server.world.bot.id}> {QUESTION}"}
    asked = await stage.server.run_command("corpus explain", options, author="ناصر", channel="عام")
    reply = await stage.server.wait_for_reply(asked)
    assert reply.is_ephemeral
    [file] = reply.message.files.values()
    text = f"{reply.text}\n{file.decode()}"
    assert f"السؤال كما فُهم: \u2068{QUESTION}\u2069" in text
    assert "القرار: جواب" in text
    assert "الفقرة 1 من «\u2068افتتاح المكتبة العامة في حي المنارة\u2069»" in text
    assert "«\u2068البلدية\u2069» بكلمة «\u2068البلدية\u2069» 1.00" in text
    assert "إشارة التقدّم على المقالات الأخرى" in text


async def test_a_moderator_role_is_as_good_as_the_permission(server: DiscordServer, start: Start) -> None:
    role = server.world.role("باحثون", next(iter(server.world.guilds.values()))).id
    await start(DISCORD_MODERATOR_ROLE_IDS=str(role))
    asked = await server.run_command("corpus status", author="ليلى", channel="عام", force=True)
    assert "عدد المقالات" in (await server.wait_for_reply(asked)).text
    asked = await server.run_command("corpus status", author="سارة", channel="عام", force=True)
    assert "للمشرفين" in (await server.wait_for_reply(asked)).text
