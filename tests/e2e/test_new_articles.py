"""What a reload brings is listed, and posted once in a channel of the moderators' choice; the week is told once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import Channel, DiscordServer, Permission, Seen
from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.faults import Faults
from tests.e2e.coverage import QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.moderating import MODERATION, MODERATOR, answered, reload, started, status
from tests.e2e.program import Program, Start
from tests.postgres import PostgresServer
from tests.records.conftest import postgres, started_server

__all__ = ["postgres", "started_server"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

TITLE = ARABIC("news.title")
SOON = {"PREPARED_NEWS": "1"}
Play = Callable[..., Any]


@pytest.fixture
def place(server: DiscordServer) -> Channel:
    """A channel for news."""
    return server.world.add_channel(next(iter(server.world.guilds.values())), "جديد")


@pytest.fixture
def play(server: DiscordServer, corpus: Path, tmp_path: Path) -> Play:
    """Have the program run on the corpus, with its store and cache of this test."""
    return lambda **settings: started(
        server, corpus, tmp_path / "log", **{"CORPUS_CACHE": str(tmp_path / "cache"), **settings}
    )


def write(corpus: Path, *titles: str, days_ago: int = 0, outlet: str = "إذاعة الساحل") -> None:
    """Add articles to the corpus."""
    day = datetime.now(UTC).date() - timedelta(days_ago)
    for title in titles:
        front = f'title: "{title}"\noutlet: "{outlet}"\nurl: "https://news.example/{title}"\npublished: {day}'
        text = f"---\n{front}\n---\n\nوقع {title} في المدينة أمس، وحضره كثير من السكان.\n"
        (corpus / f"{title}.md").write_text(text, encoding="utf-8")


async def choose(
    server: DiscordServer,
    place: Channel | None,
    author: str = MODERATOR,
    at: Channel | str = "عام",
    *,
    force: bool = False,
) -> str:
    """Choose the channel for news, and return what is said to that."""
    options = {"channel": place} if place else {}
    asked = await server.run_command("corpus news", options, author=author, channel=at, force=force)
    reply = await server.wait_for_reply(asked)
    assert reply.is_ephemeral
    return reply.text


async def new(server: DiscordServer, **options: str) -> Seen:
    """Call the command that lists what is new."""
    return await server.wait_for_reply(await server.run_command("new", options, author="سارة", channel="عام"))


async def posts(server: DiscordServer, place: Channel, count: int) -> list[str]:
    """Wait for so many posts, and return all that are there."""
    await server.until(lambda: len(server.messages(place)) >= count, what=f"{count} posts")
    shown = server.messages(place)
    assert all(one.text.startswith(f"### {TITLE}") and not one.pinged for one in shown)
    return [one.text for one in shown]


async def gone(server: DiscordServer) -> None:
    await server.until(lambda: not server.gateway.connected, what="a closed gateway")


@pytest.mark.slow
async def test_what_comes_is_posted_once_and_gathered_over_a_restart(
    server: DiscordServer, play: Play, place: Channel, corpus: Path
) -> None:
    async with play():
        assert f"<#{place.id}>" in await choose(server, place)
        write(corpus, "حريق السوق", "معرض الكتاب")
        await reload(server)
        [first] = await posts(server, place, 1)
        assert "وصلت مقالتان:" in first
        assert "[حريق السوق](https://news.example/" in first
        assert "إذاعة الساحل" in first
        assert "`/الجديد`" in first
        write(corpus, "سباق الخيل")
        await reload(server)
        write(corpus, "عاصفة الشمال")
        await reload(server)
        assert f"قناة الجديد: <#{place.id}>" in await status(server)
        assert len(server.messages(place)) == 1
    await gone(server)
    async with play(**SOON):
        _, second = await posts(server, place, 2)
        assert "سباق الخيل" in second
        assert "عاصفة الشمال" in second
        assert "معرض الكتاب" not in second


async def test_where_a_platform_keeps_the_database_alone_what_is_newer_than_all_before_is_news(  # noqa: PLR0913, PLR0917 (its fixtures)
    server: DiscordServer, play: Play, place: Channel, corpus: Path, tmp_path: Path, postgres: PostgresServer
) -> None:
    with postgres.database() as url:
        address = url.set(drivername="postgres").render_as_string(hide_password=False)
        disks = ({"CORPUS_CACHE": str(tmp_path / name), "DATABASE_URL": address, **SOON} for name in ("one", "two"))
        async with play(**next(disks)):
            await choose(server, place)
        await gone(server)
        write(corpus, "حريق السوق")
        write(corpus, "خبر من الأرشيف", days_ago=9000)
        async with play(**next(disks)):
            [post] = await posts(server, place, 1)
            assert "وصلت مقالة:" in post
            assert "حريق السوق" in post
            write(corpus, "سباق الخيل")
            await reload(server)
            _, second = await posts(server, place, 2)
    assert "وصلت مقالة:" in second
    assert "سباق الخيل" in second


@pytest.mark.slow
@pytest.mark.parametrize("is_sent", [True, False])
async def test_a_kill_between_the_post_and_its_mark_neither_doubles_nor_loses_it(
    server: DiscordServer, play: Play, place: Channel, corpus: Path, is_sent: bool
) -> None:
    path = f"/channels/{place.id}/messages"
    async with play(**SOON) as program:
        await choose(server, place)
        write(corpus, "حريق السوق")
        # The bot never hears that it arrived.
        server.faults.add("POST", path, Faults.cut(applied=is_sent), times=100)
        await reload(server)
        tries = [one for one in server.requests if one.path.endswith(path)]
        await server.until(lambda: tries or server.faults.to_come < 100, what="a post")
        program.signal(SIGKILL)
        await program.exit_code()
    await gone(server)
    server.faults.clear()
    assert len(server.messages(place)) == is_sent
    write(corpus, "سباق الخيل")
    async with play(**SOON):
        first, second = await posts(server, place, 2)
    assert ("حريق السوق" in first, "حريق السوق" in second) == (True, False)
    assert "سباق الخيل" in second


async def test_only_moderators_at_home_choose_and_only_where_the_bot_may_write(
    server: DiscordServer, start: Start, place: Channel
) -> None:
    home = next(iter(server.world.guilds.values()))
    stranger = server.world.add_guild("غريب", owner=server.world.add_user("intruder", "دخيل"))
    yard = server.world.add_channel(stranger, "باحة")
    await start(DISCORD_HOME_GUILD_IDS=str(home.id))
    [command] = [one for one in server.commands.of_place(home.id) if one["name"] == "التغطية"]
    server.commands.put(stranger.id, command)
    assert "التغطية يديرها خادم آخر" in await choose(server, yard, "دخيل", yard, force=True)
    assert "هذا الأمر للمشرفين" in await choose(server, place, "سارة", force=True)
    assert "لا أعرف هذه القناة" in await choose(server, yard, force=True)
    await server.deny(place, Permission.SEND_MESSAGES)
    assert "ليس لي أن أكتب" in await choose(server, place)
    assert "قناة الجديد" not in await status(server)
    await server.allow(place, Permission.SEND_MESSAGES)
    assert "مرة في الساعة على الأكثر" in await choose(server, place)
    assert "قناة الجديد" in await status(server)
    assert "لم أعد أنشر" in await choose(server, None)
    assert "قناة الجديد" not in await status(server)


async def test_new_articles_are_listed_by_arrival_and_their_pages_turn_after_a_restart(
    server: DiscordServer, play: Play, corpus: Path
) -> None:
    titles = [f"نشرة رقم {number}" for number in range(1, 11)]
    async with play():
        nothing = await new(server)
        assert "لم تصل أي مقالة منذ" in nothing.text
        assert "أحدث المقالات نُشرت في 20 مايو 2026." in nothing.text
        # What came today is new, however old it is.
        write(corpus, *titles, days_ago=400)
        await reload(server)
        listed = await new(server)
        assert "وصلت 10 مقالات منذ" in listed.text
        assert "الصفحة 1 من 2" in listed.text
        assert "افتتاح المكتبة" not in listed.text
        assert "لم تصل أي مقالة" in (await new(server, outlet="صحيفة الضفة")).text
        assert "لم أفهم التاريخ" in (await new(server, since="غدوة")).text
        assert "وصلت 10 مقالات" in (await new(server, since="آخر يوم")).text
        offered = await server.autocomplete("new", {}, "since", author="سارة", channel="عام")
        assert [one["value"] for one in offered] == ["آخر أسبوع", "آخر يوم", "آخر شهر"]
        private = server.direct_channel("سارة")
        asked = await server.run_command("الجديد", {"الجهة": "اذاعة الساحل"}, author="سارة", channel=private)
        assert "وصلت 10 مقالات" in (await server.wait_for_reply(asked)).text
    await gone(server)
    async with play():
        await server.press_button(listed, "◀️", "سارة")
        second = await server.wait_for_edit(listed)
        assert "الصفحة 2 من 2" in second.text
        [menu] = [one for one in every_component(second.components) if one["type"] == ComponentKind.TEXT_MENU]
        await server.select(second, menu["custom_id"], [menu["options"][0]["value"]], "سارة")
        article = await server.wait_for_edit(second)
        assert "وقع نشرة رقم" in article.text
        await server.press_button(article, "قائمة المقالات", "سارة")
        back = await server.wait_for_edit(article)
        assert back.text == second.text


async def test_without_a_store_new_articles_go_by_their_day_and_nothing_is_chosen(
    server: DiscordServer, play: Play, place: Channel, corpus: Path, tmp_path: Path
) -> None:
    write(corpus, "حريق السوق", days_ago=2)
    async with play(DATABASE_URL=f"sqlite:///{tmp_path}"):
        listed = await new(server)
        assert "سجلّ الوصول ليس في متناولي" in listed.text
        assert "وصلت مقالة واحدة منذ" in listed.text
        assert "حريق السوق" in listed.text
        assert "ليس في متناولي" in await choose(server, place)


def last_week(store: Path, **figures: int) -> None:
    """Have counts of the last week in a store."""
    today = datetime.now(UTC).date()
    day = today - timedelta(today.weekday() + 3)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.executemany(
            "INSERT INTO figures VALUES (?, ?, ?)", [(name, f"{day}", n) for name, n in figures.items()]
        )


@pytest.mark.slow
async def test_the_week_is_told_once_over_restarts(server: DiscordServer, play: Play, tmp_path: Path) -> None:
    moderation = server.world.channel(MODERATION)
    told = {"DISCORD_MODERATOR_CHANNEL_ID": str(moderation.id), "DISCORD_REPORT_SECONDS": "86400"}
    store = tmp_path / "store.sqlite"
    here = {"DATABASE_URL": f"sqlite:///{store}"}

    def cards() -> list[str]:
        return [one.text for one in server.messages(moderation) if "الأسبوع من" in one.text]

    # The first start makes the store, and tells of no week before.
    async with play(**SOON, **here):
        assert await answered(server, QUESTION)
        assert await answered(server, UNSUPPORTED_QUESTION)
        assert await answered(server, "السلام عليكم")
    await gone(server)
    assert today_s_figures(store) == {"answered": 1, "refused": 1}
    last_week(store, answered=5, refused=2, helpful=3)
    async with play(**SOON, **here, **told):
        await server.until(cards, what="the card of the week")
    await gone(server)
    async with play(**SOON, **here, **told) as program:
        await until_looked_at(server, program)
    [card] = cards()
    assert "الأسئلة: 7. أُجيب عن 5، ولم يُجب عن 2." in card
    assert "👍 3 و👎 0" in card


def today_s_figures(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as connection:
        return dict(
            connection.execute("SELECT name, value FROM figures WHERE day = ?", [f"{datetime.now(UTC).date()}"])
        )


async def until_looked_at(server: DiscordServer, program: Program) -> None:
    """Wait until the program has been ready for longer than it takes to look for what is due."""
    assert program.is_running
    for _ in range(3):
        await answered(server, QUESTION)
