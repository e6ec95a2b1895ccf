"""The sources are paged, narrowed and read, in place and through restarts and reloads."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.discord_server import Channel, CommandUnavailable, DiscordServer, Seen
from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.interactions import Interaction
from tests.e2e.coverage import NEARBY_QUESTION, write_archive
from tests.e2e.moderating import outcome
from tests.e2e.program import Program
from tests.e2e.stage import Stage, played

pytestmark = pytest.mark.asyncio(loop_scope="session")

DAM = "كيف بُني سدّ الوادي"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    directory = tmp_path_factory.mktemp("archive")
    async with played(write_archive(directory / "corpus"), directory / "log") as stage:
        await stage.server.wait_for_command("article")
        yield stage
        assert stage.server.violations == []


async def call(stage: Stage, name: str, options: dict[str, str] | None = None, channel: str | Channel = "عام") -> Seen:
    asked = await stage.server.run_command(name, options, author="سارة", channel=channel)
    reply = await stage.server.wait_for_reply(asked)
    assert reply.is_ephemeral
    return reply


async def turn(server: DiscordServer, shown: Seen, button: str) -> Seen:
    await server.press_button(shown, button, "سارة")
    return await server.wait_for_edit(shown)


async def choices(stage: Stage, name: str, option: str, typed: str, channel: str | Channel = "عام") -> dict[str, str]:
    offered = await stage.server.autocomplete(name, {option: typed}, option, author="سارة", channel=channel)
    return {choice["name"]: choice["value"] for choice in offered}


async def test_the_sources_are_paged_to_the_end_and_back(archive: Stage) -> None:
    first = await call(archive, "sources")
    assert "هي 21 مقالةً، الأحدث أولاً" in first.text
    assert "[افتتاح المكتبة العامة في حي المنارة](https://news.example/library)\n-# " in first.text
    assert first.text.index("موسم الزيتون") < first.text.index("المكتبة العامة")
    with pytest.raises(CommandUnavailable):
        await archive.server.press_button(first, "▶️", "سارة")
    second = await turn(archive.server, first, "◀️")
    last = await turn(archive.server, second, "◀️")
    assert last.message is first.message
    assert "الصفحة 3 من 3" in last.text
    assert DAM in last.text
    with pytest.raises(CommandUnavailable):
        await archive.server.press_button(last, "◀️", "سارة")
    back = await turn(archive.server, await turn(archive.server, last, "▶️"), "▶️")
    assert (back.text, back.buttons) == (first.text, first.buttons)


@pytest.mark.parametrize(
    ("options", "told", "listed"),
    [
        ({"since": "2026"}, "وجدتُ 3 مقالات من أصل 21", "موسم الزيتون"),
        ({"منذ": "آذار 2026", "حتى": "أبريل 2026"}, "وجدتُ مقالتين من أصل 21", "خط الترام"),
        ({"until": "2024"}, "حتى 31 ديسمبر 2024", DAM),
        ({"outlet": "صحيفه الضفه"}, "طلبتَ ما نُشر في صحيفة الضفة.", "المكتبة العامة"),
        ({"الجهة": "اذاعة السحل"}, "وجدتُ مقالة واحدة من أصل 21", "خط الترام"),
        ({"عنوان": "الزيتوون"}, "بحثتُ في العناوين عن: «الزيتوون»", "موسم الزيتون"),
        ({"outlet": "coast times", "since": "2025-01-10", "title": "نشرة"}, "وجدتُ 8 مقالات", "رقم 17"),
    ],
)
async def test_the_sources_are_narrowed(archive: Stage, options: dict[str, str], told: str, listed: str) -> None:
    reply = await call(archive, "المصادر", options)
    assert told in reply.text
    assert listed in reply.text


async def test_pages_stay_narrowed(archive: Stage) -> None:
    first = await call(archive, "sources", {"outlet": "coast", "until": "2025"})
    last = await turn(archive.server, await turn(archive.server, first, "◀️"), "◀️")
    assert "في \u2068The Coast Times\u2069" in last.text
    assert re.search(r"نشرة اليوم رقم 1(?!\d)", last.text)
    assert DAM not in last.text


async def test_an_empty_list_tells_what_there_is(archive: Stage) -> None:
    reply = await call(archive, "sources", {"since": "2030"})
    assert "لا توجد مقالة كهذه." in reply.text
    assert "بين 30 يونيو 2024 و20 مايو 2026" in reply.text
    assert "إذاعة الساحل" in reply.text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"since": "غدوة"}, "لم أفهم التاريخ «غدوة»."),
        ({"until": "32/1/2026"}, "اكتب يوماً أو شهراً أو سنة"),
        ({"since": "2026", "until": "2025"}, "قبل أن تبدأ"),
        ({"outlet": "وكالة كوكبان"}, "من جهات النشر: \u2068The Coast Times\u2069، صحيفة الضفة"),
    ],
)
async def test_what_is_not_understood_is_told_privately(archive: Stage, options: dict[str, str], told: str) -> None:
    for name, more in (("sources", {}), ("ask", {"question": "كم بلغت كلفة خط الترام الجديد؟"})):
        assert told in (await call(archive, name, options | more)).text


@pytest.mark.parametrize("typed", ["سد الوادي", "سدّ الوادى", "الواذي سد", "كيف بُن"])
async def test_an_article_is_chosen_while_typing_and_read_to_its_end(archive: Stage, typed: str) -> None:
    offered = await choices(archive, "article", "title", typed)
    assert next(iter(offered)) == f"{DAM} · 30 يونيو 2024"
    first = await call(archive, "مقالة", {"عنوان": next(iter(offered.values()))})
    assert f"[{DAM}](https://news.example/dam)" in first.text
    assert "بقلم هدى النجار · نُشر في 30 يونيو 2024" in first.text
    assert "14 فقرة · قسم واحد" in first.text
    assert "### البداية\n> " in first.text
    last = await turn(archive.server, await turn(archive.server, first, "◀️"), "◀️")
    assert "> المرحلة رقم 14 من بناء السدّ." in last.text
    back = await turn(archive.server, last, "▶️")
    assert "> المرحلة رقم 7 من بناء السدّ." in back.text


async def test_outlets_are_offered_by_every_command_that_takes_one(archive: Stage) -> None:
    for name, option in (("sources", "outlet"), ("المصادر", "الجهة"), ("ask", "outlet"), ("اسأل", "الجهة")):
        assert await choices(archive, name, option, "اذاعه") == {"إذاعة الساحل": "إذاعة الساحل"}
        assert len(await choices(archive, name, option, "")) == 3
        assert await choices(archive, name, option, "كوكبان") == {}


async def test_a_title_that_is_typed_freely(archive: Stage) -> None:
    assert DAM in (await call(archive, "article", {"title": "سد الوادي"})).text
    several = await call(archive, "article", {"title": "نشرة اليوم"})
    assert "أيّ هذه المقالات تقصد؟" in several.text
    assert several.text.count("نشرة اليوم رقم") == 8
    assert "> " not in several.text
    assert "«كوكبان»" in (await call(archive, "article", {"title": "كوكبان"})).text


async def choose(stage: Stage, shown: Seen, title: str) -> Interaction:
    """Choose the article with a title in the menu under a message."""
    [menu] = [one for one in every_component(shown.components) if one["type"] == ComponentKind.TEXT_MENU]
    [value] = [option["value"] for option in menu["options"] if title in option["label"]]
    return await stage.server.select(shown, menu["custom_id"], [value], "سارة")


async def test_an_article_is_opened_from_its_list_and_left_for_it_again(archive: Stage) -> None:
    first = await call(archive, "sources", {"until": "2025"})
    listed = await turn(archive.server, await turn(archive.server, first, "◀️"), "◀️")
    assert "الصفحة 3 من 3" in listed.text
    await choose(archive, listed, DAM)
    article = await archive.server.wait_for_edit(listed)
    assert "> المرحلة رقم 1 من بناء السدّ." in article.text
    further = await turn(archive.server, article, "◀️")
    assert "-# تتمّة «" in further.text
    back = await turn(archive.server, further, "قائمة المقالات")
    assert (back.text, back.buttons) == (listed.text, listed.buttons)
    assert (await turn(archive.server, await turn(archive.server, back, "▶️"), "▶️")).text == first.text


async def test_one_of_several_titles_is_chosen_in_a_menu(archive: Stage) -> None:
    several = await call(archive, "article", {"title": "نشرة اليوم"})
    await choose(archive, several, "رقم 17")
    article = await archive.server.wait_for_edit(several)
    assert "نشرة اليوم رقم 17" in article.text
    assert "بحثتُ في العناوين عن: «نشرة اليوم»" in (await turn(archive.server, article, "قائمة المقالات")).text


async def test_a_related_article_opens_beside_its_refusal(archive: Stage) -> None:
    asked = await archive.server.post_message("عام", "سارة", f"<@bot> {NEARBY_QUESTION}")
    refused = await archive.server.wait_for_reply(asked)
    pressed = await choose(archive, refused, "الزيتون")
    article = await archive.server.wait_for_reply(pressed)
    assert article.is_ephemeral
    assert article.id != refused.id
    assert "## " in article.text
    assert "هي 21 مقالةً" in (await turn(archive.server, article, "قائمة المقالات")).text


async def test_everything_works_in_a_direct_message(archive: Stage) -> None:
    channel = archive.server.direct_channel("سارة")
    [key] = (await choices(archive, "article", "title", "سد الوادي", channel)).values()
    article = await call(archive, "article", {"title": key}, channel)
    assert "المرحلة رقم 7" in (await turn(archive.server, article, "◀️")).text
    sources = await call(archive, "sources", {"title": key}, channel)
    assert "وجدتُ مقالة واحدة من أصل 21" in sources.text


async def test_pages_turn_after_a_reload_and_gone_things_are_told(archive: Stage) -> None:
    listed = await call(archive, "sources", {"outlet": "coast"})
    article = await call(archive, "article", {"title": DAM})
    for file in archive.corpus.glob("bulletin0*.md"):
        file.unlink()
    await reload(archive)
    listed = await turn(archive.server, listed, "◀️")
    assert "نشرة اليوم رقم 9" not in listed.text
    assert "وجدتُ 8 مقالات من أصل 12" in listed.text
    assert not listed.buttons
    (archive.corpus / "dam.md").unlink()
    await reload(archive)
    pressed = await archive.server.press_button(article, "◀️", "سارة")
    told = await archive.server.wait_for_reply(pressed, index=1)
    assert told.is_ephemeral
    assert told.text == "لم تعد هذه المقالة بين المقالات التي أجيب منها."
    write_archive(archive.corpus)
    await reload(archive)
    assert "المرحلة رقم 7" in (await turn(archive.server, article, "◀️")).text


async def reload(stage: Stage) -> None:
    asked = await stage.server.run_command("التغطية إعادة-البناء", author="ناصر", channel="عام")
    assert "أُعيد بناء التغطية" in await outcome(stage.server, asked)


async def test_pages_turn_after_a_restart(server: DiscordServer, tmp_path: Path) -> None:
    corpus = write_archive(tmp_path / "corpus")
    program = await Program.start(server, corpus, tmp_path / "first")
    await server.wait_ready()
    await server.wait_for_command("article")
    stage = Stage(server, program, corpus)
    listed = await call(stage, "sources", {"since": "2025", "title": "نشرة"})
    article = await call(stage, "article", {"title": DAM})
    assert await program.stop() == 0, program.log
    program = await Program.start(server, corpus, tmp_path / "second")
    await server.wait_ready()
    assert "الصفحة 2 من 3" in (await turn(server, listed, "◀️")).text
    assert "المرحلة رقم 7" in (await turn(server, article, "◀️")).text
    assert await program.stop() == 0, program.log
