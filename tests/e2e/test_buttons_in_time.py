"""Buttons outlive the program that made them, and say so where the coverage has changed since."""

from pathlib import Path

import pytest

from tests.discord_server import CommandUnavailable, DiscordServer, Seen
from tests.e2e.buttons import ask, call, delete, labels, press
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, TRAM_QUESTION
from tests.e2e.moderating import begin_reload, outcome
from tests.e2e.program import Start

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSAGES = (
    "تقف عربات خط الترام الجديد في محطة السوق كل عشر دقائق.",
    "وقال سائق خط الترام الجديد إن محطة البرج أكثر المحطات ازدحاماً في الصباح.",
    "وزرعت البلدية أشجار الليمون على جانبي خط الترام الجديد كله.",
    "ويشكو تجار الحي القديم من ضجيج خط الترام الجديد ليلاً.",
    "وطلبت الجامعة أن يصل خط الترام الجديد إلى المستشفى أيضاً.",
)
MANY = "---\ntitle: محطات خط الترام الجديد\n---\n\n" + "\n\n".join(PASSAGES)


async def turn(server: DiscordServer, page: Seen, button: str) -> Seen:
    await server.press_button(page, button, "سارة")
    return await server.wait_for_edit(page)


async def test_every_button_works_after_a_restart(server: DiscordServer, start: Start) -> None:
    program = await start()
    answers = [await ask(server), await call(server)]
    assert await program.stop() == 0, program.log
    await start()
    for answer in answers:
        assert "> افتتحت البلدية" in (await press(server, answer, "السياق")).text
        assert "الإعارة مجانية" in (await press(server, answer, "📚")).text
        assert "شكراً لك" in (await press(server, answer, "👎", "ليلى")).text
        assert "لا يحذف" in (await press(server, answer, "🗑️", "ليلى")).text
        await delete(server, answer)


async def test_pages_are_turned_in_place_to_the_end_and_back(server: DiscordServer, start: Start, corpus: Path) -> None:
    (corpus / "many.md").write_text(MANY, encoding="utf-8")
    program = await start()
    first = await press(server, await ask(server, question=TRAM_QUESTION), "📚")
    assert labels(first) == ["◀️", "▶️"]
    with pytest.raises(CommandUnavailable, match="disabled"):
        await server.press_button(first, "▶️", "سارة")
    with pytest.raises(CommandUnavailable, match="does not see"):
        await server.press_button(first, "◀️", "ناصر")

    pages = [first]
    while not pages[-1].buttons[0].is_disabled:
        pages.append(await turn(server, pages[-1], "◀️"))
        assert f"السؤال: «{TRAM_QUESTION}»" in pages[-1].text
    assert len(pages) == 3
    assert len({page.text for page in pages}) == 3
    assert f"الصفحة {len(pages)} من {len(pages)}." in pages[-1].text

    assert await program.stop() == 0, program.log
    await start()
    page = pages[-1]
    for expected in reversed(pages[:-1]):
        page = await turn(server, page, "▶️")
        assert page.text == expected.text
        assert page.is_ephemeral


async def reload(server: DiscordServer) -> None:
    await outcome(server, await begin_reload(server))


async def test_after_a_reload_buttons_go_by_the_coverage_as_it_is(
    server: DiscordServer, start: Start, corpus: Path
) -> None:
    museum, many = corpus / "museum.md", corpus / "many.md"
    museum.write_text(MUSEUM, encoding="utf-8")
    many.write_text(MANY, encoding="utf-8")
    await start()
    answer = await ask(server, question=MUSEUM_QUESTION)
    assert labels(answer) == ["السياق", "نسخ", "🗑️", "👍", "👎", "🔖"]
    page = await press(server, await ask(server, question=TRAM_QUESTION), "📚")

    museum.write_text(MUSEUM.replace("افتتح متحف", "مقدمة جديدة.\n\nافتتح متحف"), encoding="utf-8")
    many.unlink()
    await reload(server)
    moved = (await press(server, answer, "السياق")).text
    assert "> مقدمة جديدة.\n\n> افتتح متحف البحر" in moved
    assert "الفقرة 2 من 2" in moved
    turned = await turn(server, page, "◀️")
    assert "وأكد وزير النقل" in turned.text
    assert not turned.buttons

    museum.unlink()
    await reload(server)
    assert "تغيّرت المقالات منذ هذه الرسالة" in (await press(server, answer, "السياق")).text
    assert "شكراً لك" in (await press(server, answer, "👍")).text
