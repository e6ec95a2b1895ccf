"""Refusals turn into answers after a reload, and who pressed the bell is told once, also over restarts and kills."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Permission, Seen
from tests.discord_server.faults import Faults
from tests.discord_server.seen import see
from tests.e2e.buttons import ask, call, delete, labels, press
from tests.e2e.coverage import MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.moderating import Run, gaps, gaps_with, reload
from tests.e2e.test_threads import open_thread
from tests.records.conftest import postgres, started_server

__all__ = ["postgres", "started_server"]

pytestmark = pytest.mark.asyncio(loop_scope="session")

BELL, HERE = ARABIC("button.bell"), ARABIC("button.bell_here")
DIRECT, OFF = ARABIC("button.bell_direct"), ARABIC("button.bell_off")
ARRIVED, TOLD = "وصل جواب في ", "وصل جواب السؤال الذي كنت تنتظره:"
AWAY = ARABIC("records.away")

AnyWay = Callable[[DiscordServer, str, str], Awaitable[Seen]]


def bring_article(corpus: Path) -> None:
    (corpus / "museum.md").write_text(MUSEUM, encoding="utf-8")


async def wait_at(server: DiscordServer, refusal: Seen, place: str, author: str = "سارة") -> Seen:
    """Press the bell and a place, and return what the member reads then."""
    choice = await press(server, refusal, BELL, author)
    assert labels(choice) == [HERE, DIRECT]
    assert f"السؤال: «{MUSEUM_QUESTION}»" in choice.text
    await server.press_button(choice, place, author)
    return await server.wait_for_edit(choice)


def told(server: DiscordServer, place: str | None = None, author: str = "سارة") -> list[Seen]:
    """Return the messages by which a member is told, in a channel or directly."""
    where = server.world.channel(place) if place else server.direct_channel(author)
    mention = f"<@{server.world.user(author).id}>"
    return [seen for seen in server.messages(where) if TOLD in seen.text and (not place or mention in seen.text)]


async def expect_answer(server: DiscordServer, refusal: Seen) -> Seen:
    """Wait until a refusal has become the answer, with nobody pinged."""

    def edited() -> Seen | None:
        shown = see(refusal.message, server.world)
        return shown if MUSEUM_QUOTED in shown.text else None

    answer = await server.until(edited, what="an answer in the place of a refusal")
    assert ARRIVED in answer.text
    assert not answer.pinged
    assert answer.edits == refusal.edits + 1
    assert labels(answer)[2:5] == ["🗑️", "👍", "👎"]
    return answer


async def expect_told(server: DiscordServer, answer: Seen, place: str | None = None, author: str = "سارة") -> Seen:
    """Wait until a member is told of an answer, once, and nobody else is pinged."""
    await server.until(lambda: told(server, place, author), what=f"what {author} is told")
    await asyncio.sleep(0.3)
    [message] = told(server, place, author)
    assert f"/{answer.message.channel_id}/{answer.id})" in message.text
    assert message.pinged.users == ((author,) if place else ())
    assert not message.pinged.roles
    assert not message.pinged.everyone
    assert message.reply_to == (answer.id if place else None)
    return message


async def test_a_bell_rings_in_a_thread_that_was_archived_meanwhile(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        thread = open_thread(server, "عام", "المتحف")
        refusal = await server.wait_for_reply(await server.post_message(thread, "سارة", f"<@bot> {MUSEUM_QUESTION}"))
        await wait_at(server, refusal, HERE)
        await server.archive_thread(thread)
        bring_article(corpus)
        await reload(server)
        await expect_answer(server, refusal)
        await server.until(lambda: any(TOLD in one.text for one in server.messages(thread)), what="what is told")


ways = pytest.mark.parametrize("way", [ask, pytest.param(call, marks=pytest.mark.slow)])


@ways
@pytest.mark.parametrize("place", [HERE, pytest.param(DIRECT, marks=pytest.mark.slow)])
async def test_a_refusal_becomes_an_answer_after_restarts_and_who_waits_is_told_once(
    server: DiscordServer, corpus: Path, run: Run, way: AnyWay, place: str
) -> None:
    async with run():
        refusal = await way(server, "عام", MUSEUM_QUESTION)
        assert labels(refusal)[-2:] == [BELL, "🗑️"]
        waiting = await wait_at(server, refusal, place)
        assert "يمضي 90 يوماً" in waiting.text
        assert "أنت تنتظر جواب هذا السؤال" in (await press(server, refusal, BELL)).text
    async with run():
        other = await ask(server, question=UNSUPPORTED_QUESTION)
        bring_article(corpus)
        await reload(server)
        answer = await expect_answer(server, refusal)
        await expect_told(server, answer, "عام" if place == HERE else None)
        assert see(other.message, server.world).edits == other.edits
        assert MUSEUM_QUOTED in (await press(server, answer, "السياق")).text
    async with run():
        await asyncio.sleep(0.5)
        assert len(told(server, "عام" if place == HERE else None)) == 1


async def test_a_refusal_in_english_becomes_an_answer_in_english(server: DiscordServer, corpus: Path, run: Run) -> None:
    question = "What does the museum of the sea show in the old port?"
    async with run():
        refusal = await ask(server, question=question)
        choice = await press(server, refusal, "Tell me when there is an answer")
        assert f"Question: “{question}”" in choice.text
        assert labels(choice) == ["Here", "In private"]
        await server.press_button(choice, "Here", "سارة")
        assert "I'll mention you here, once" in (await server.wait_for_edit(choice)).text
        bring_article(corpus)
        await reload(server)

        def edited() -> Seen | None:
            shown = see(refusal.message, server.world)
            return shown if MUSEUM_QUOTED in shown.text else None

        answer = await server.until(edited, what="an answer in the place of a refusal")
        assert "An answer has come in, on " in answer.text
        assert labels(answer)[:2] == ["Context", "Copy"]


@pytest.mark.slow
@ways
async def test_in_a_direct_conversation_there_is_no_choice(
    server: DiscordServer, corpus: Path, run: Run, way: AnyWay
) -> None:
    async with run():
        refusal = await way(server, "سارة", MUSEUM_QUESTION)
        assert "سأراسلك مرّة واحدة" in (await press(server, refusal, BELL)).text
    bring_article(corpus)
    # What came while nobody listened is found at the start.
    async with run():
        await expect_told(server, await expect_answer(server, refusal))


async def test_members_wait_each_for_themselves_until_they_cancel(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        refusal = await ask(server, question=MUSEUM_QUESTION)
        await wait_at(server, refusal, HERE)
        await wait_at(server, refusal, DIRECT, "ليلى")
        waiting = await wait_at(server, refusal, HERE, "ناصر")
        await server.press_button(waiting, OFF, "ناصر")
        assert "لن أخبرك" in (await server.wait_for_edit(waiting)).text
        bring_article(corpus)
        await reload(server)
        answer = await expect_answer(server, refusal)
        await expect_told(server, answer, "عام")
        await expect_told(server, answer, author="ليلى")
        assert not told(server, "عام", "ناصر")
        assert not told(server, author="ناصر")


async def test_a_card_that_discord_does_not_take_holds_up_no_other_and_is_tried_again(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        older = await ask(server, question=MUSEUM_QUESTION)
        # The newest comes first.
        stuck = await ask(server, question=MUSEUM_QUESTION)
        for refusal in (older, stuck):
            await wait_at(server, refusal, DIRECT)
        bring_article(corpus)
        path = f"/channels/{stuck.message.channel_id}/messages/{stuck.id}"
        server.faults.add("PATCH", path, Faults.status(503), times=1000)
        await reload(server)
        await expect_told(server, await expect_answer(server, older))
        assert any((each.method, each.path, each.status) == ("PATCH", path, 503) for each in server.requests)
        assert see(stuck.message, server.world).edits == stuck.edits
    server.faults.clear()
    async with run():
        answer = await expect_answer(server, stuck)
        await server.until(lambda: len(told(server)) == 2, what="what is told of the other")
        assert f"/{answer.message.channel_id}/{answer.id})" in told(server)[-1].text


async def test_a_follow_up_is_asked_again_with_the_question_before_it(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        first = await ask(server, question=MUSEUM_QUESTION)
        asked = await server.post_message("عام", "سارة", "<@bot> ومتى افتتح أبوابه؟", reply_to=first)
        refusal = await server.wait_for_reply(asked)
        assert f"أكملتُ سؤالك من: «{MUSEUM_QUESTION}»" in refusal.text
        bring_article(corpus)
        await reload(server)
        await expect_answer(server, first)
        answer = await server.until(lambda: answered(server, refusal), what="the answer to a follow-up")
        assert f"أكملتُ سؤالك من: «{MUSEUM_QUESTION}»" in answer.text
        assert "يوم الثلاثاء" in answer.text


async def test_a_scope_is_kept(server: DiscordServer, corpus: Path, run: Run) -> None:
    async with run():
        scoped = []
        for since in ("2026-05", "2026-07"):
            options = {"question": MUSEUM_QUESTION, "since": since}
            called = await server.run_command("ask", options, author="سارة", channel="عام")
            scoped.append(await server.wait_for_reply(called))
            await wait_at(server, scoped[-1], DIRECT)
        bring_article(corpus)
        await reload(server)
        await expect_told(server, await expect_answer(server, scoped[0]))
        assert see(scoped[1].message, server.world).edits == scoped[1].edits


async def test_a_deleted_refusal_is_forgotten_and_an_edited_question_closed(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        deleted, unasked, changed_later, edited = [await ask(server, question=MUSEUM_QUESTION) for _ in range(4)]
        for refusal in (deleted, unasked, changed_later):
            await wait_at(server, refusal, DIRECT)
        await delete(server, deleted)
        question = server.world.messages[edited.reply_to or 0]
        await server.edit_message(question, "<@bot> متى افتتحت البلدية المكتبة العامة في حي المنارة؟")
        changed = await server.wait_for_edit(edited)
    # While nobody listens.
    server.world.messages[unasked.reply_to or 0].deleted = True
    server.world.messages[changed_later.reply_to or 0].content = f"{server.world.bot.mention} من بنى متحف البحر؟"
    bring_article(corpus)
    async with run():
        last = await ask(server, question=UNSUPPORTED_QUESTION)
        await wait_at_other(server, last)
        for refusal in (unasked, changed_later):
            assert see(refusal.message, server.world).edits == refusal.edits
        assert see(edited.message, server.world).edits == changed.edits
        assert not told(server)


async def wait_at_other(server: DiscordServer, refusal: Seen) -> None:
    """Have the open refusals looked after, by a bell that is rung at another."""
    choice = await press(server, refusal, BELL)
    await server.press_button(choice, DIRECT, "سارة")
    await server.wait_for_edit(choice)
    await asyncio.sleep(0.5)


def answered(server: DiscordServer, refusal: Seen) -> Seen | None:
    shown = see(refusal.message, server.world)
    return shown if shown.edits > refusal.edits else None


@pytest.mark.slow
async def test_a_closed_conversation_and_a_lost_permission_harm_nothing(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        closed = await ask(server, question=MUSEUM_QUESTION)
        hidden = await ask(server, "سلسلة", MUSEUM_QUESTION)
        for refusal in (closed, hidden):
            await wait_at(server, refusal, DIRECT)
            await wait_at(server, refusal, HERE, "ليلى")
        await server.refuse_direct_messages("سارة")
        await server.lock_thread(server.world.channel("سلسلة"))
        bring_article(corpus)
        await reload(server)
        await expect_told(server, await expect_answer(server, closed), "عام", "ليلى")
        assert see(hidden.message, server.world).edits == hidden.edits
        assert not told(server, "سلسلة", "ليلى")


@pytest.mark.slow
@pytest.mark.parametrize("place", [HERE, DIRECT])
@pytest.mark.parametrize("arrives", [False, True], ids=["before the message", "behind the message"])
async def test_a_kill_while_somebody_is_told_neither_doubles_nor_loses_the_message(
    server: DiscordServer, corpus: Path, run: Run, place: str, *, arrives: bool
) -> None:
    where = server.world.channel("عام") if place == HERE else server.direct_channel("سارة")
    path = f"/channels/{where.id}/messages"
    async with run() as program:
        refusal = await ask(server, question=MUSEUM_QUESTION)
        await wait_at(server, refusal, place)
        bring_article(corpus)
        server.faults.add("POST", path, Faults.cut(applied=arrives), times=1)
        server.faults.add("POST", path, Faults.status(503), times=1000)
        await reload(server)
        await server.until(
            lambda: any(each.method == "POST" and each.path == path and each.status == 503 for each in server.requests),
            what="a second try",
        )
        program.signal(signal.SIGKILL)
        await program.exit_code()
    server.faults.clear()
    # Minutes later Discord knows no nonce any more.
    server.platform.board.forget_nonces()
    async with run():
        await expect_told(server, see(refusal.message, server.world), "عام" if place == HERE else None)


@pytest.mark.slow
async def test_a_kill_between_the_edit_and_its_mark_is_made_up_for(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run() as program:
        refusal = await ask(server, question=MUSEUM_QUESTION)
        await wait_at(server, refusal, DIRECT)
        bring_article(corpus)
        path = f"/channels/{refusal.message.channel_id}/messages/{refusal.id}"
        server.faults.add("PATCH", path, Faults.cut(applied=True))
        server.faults.add("PATCH", path, Faults.status(503), times=1000)
        await reload(server)
        await expect_answer(server, refusal)
        program.signal(signal.SIGKILL)
        await program.exit_code()
    server.faults.clear()
    async with run():
        answer = see(refusal.message, server.world)
        await expect_told(server, answer)
        assert answer.edits == refusal.edits + 1


async def test_while_the_store_is_away_questions_are_answered_and_the_bell_says_not_now(
    server: DiscordServer, corpus: Path, run: Run, tmp_path: Path
) -> None:
    # A folder is no database.
    async with run(DATABASE_URL=f"sqlite:///{tmp_path}"):
        refusal = await ask(server, question=MUSEUM_QUESTION)
        assert AWAY in (await press(server, refusal, BELL)).text
        bring_article(corpus)
        await reload(server)
        assert MUSEUM_QUOTED in (await ask(server, question=MUSEUM_QUESTION)).text
        assert see(refusal.message, server.world).edits == refusal.edits


async def test_nobody_waits_for_more_than_twenty(server: DiscordServer, run: Run) -> None:
    async with run():
        for number in range(20):
            await wait_directly(server, await ask(server, "سارة", f"{UNSUPPORTED_QUESTION} {number}"))
        last = await ask(server, "سارة", UNSUPPORTED_QUESTION)
        assert "وهذا أكثر ما أحفظه لعضو" in (await press(server, last, BELL)).text


async def wait_directly(server: DiscordServer, refusal: Seen) -> None:
    assert "سأراسلك" in (await press(server, refusal, BELL)).text


@pytest.mark.slow
async def test_three_hundred_refusals_are_answered_and_told_of_within_bounds(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        refusals = [await ask(server, question=MUSEUM_QUESTION) for _ in range(300)]
        for refusal in refusals[:20]:
            await wait_at(server, refusal, DIRECT)
        bring_article(corpus)
        await reload(server)
        # A member's own question does not wait for theirs.
        assert MUSEUM_QUOTED in (await ask(server, question=MUSEUM_QUESTION)).text
        for refusal in refusals:
            await expect_answer(server, refusal)
        direct = server.direct_channel("سارة")
        await server.until(lambda: len(server.messages(direct)) == 2 or None, what="two messages for twenty answers")


async def test_gaps_outlive_a_restart_and_close_with_their_answers(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        for question in (MUSEUM_QUESTION, UNSUPPORTED_QUESTION):
            await ask(server, question=question)
        await ask(server, "سارة", "من هو الطبيب زعتور؟")
        before = await gaps(server)
        assert "بقي سؤالان بلا جواب منذ" in before
        assert "بلا جواب سؤال واحد طُرح في غير العلن" in before
    async with run():
        assert await gaps_with(server, before) == before
        bring_article(corpus)
        await reload(server)
        after = await gaps_with(server, "بقي سؤال واحد بلا جواب")
        assert MUSEUM_QUESTION not in after
        assert UNSUPPORTED_QUESTION in after


async def test_there_is_no_bell_where_the_bot_cannot_come_back(server: DiscordServer, run: Run) -> None:
    async with run():
        await server.install("سارة")
        for place in (server.world.channel("ساحة"), server.private_channel("سارة", "ناصر")):
            called = await server.run_command("ask", {"question": MUSEUM_QUESTION}, author="سارة", channel=place)
            assert BELL not in labels(await server.wait_for_reply(called))
        refusal = await call(server, "عام", MUSEUM_QUESTION)
        await server.deny("عام", Permission.READ_MESSAGE_HISTORY)
        assert "صلاحية «قراءة سجل الرسائل»" in (await press(server, refusal, BELL)).text
        await server.allow("عام", Permission.READ_MESSAGE_HISTORY)
        await server.deny("عام", Permission.SEND_MESSAGES)
        # Where it may not write, only a direct message is left.
        assert "سأراسلك مرّة واحدة" in (await press(server, refusal, BELL)).text


@pytest.mark.slow
async def test_elsewhere_words_are_kept_for_who_waits_alone(server: DiscordServer, corpus: Path, run: Run) -> None:
    world = server.world
    [home, *_] = world.guilds.values()
    other = world.add_guild("مكتبة")
    world.add_member(other, world.user("سارة"))
    world.add_channel(other, "ردهة")
    async with run(DISCORD_HOME_GUILD_IDS=str(home.id)):
        unheard, refusal = [await ask(server, "ردهة", MUSEUM_QUESTION) for _ in range(2)]
        await wait_at(server, refusal, HERE)
        bring_article(corpus)
        await reload(server)
        await expect_told(server, await expect_answer(server, refusal), "ردهة")
        # Of what nobody asked to have kept in another server there are no words to ask again.
        assert see(unheard.message, server.world).edits == unheard.edits
