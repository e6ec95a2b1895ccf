"""Answers follow their questions when these are edited or deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Message, Permission, Seen
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.program import Program, Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOOKS_QUESTION, BOOKS_QUOTED = "كم كتابا تضم المكتبة العامة في حي المنارة؟", "أربعين ألف كتاب"


async def ask(server: DiscordServer, question: str = f"<@bot> {QUESTION}", place: str = "عام") -> tuple[Message, Seen]:
    channel = server.direct_channel(place) if place == "سارة" else place
    asked = await server.post_message(channel, "سارة", question)
    return asked, await server.wait_for_reply(asked)


async def gone(server: DiscordServer, *answers: Seen) -> None:
    await server.until(lambda: all(answer.message.deleted for answer in answers), what="answers that are gone")


def answers_to(server: DiscordServer, asked: Message) -> list[str]:
    """Return what stands under a question."""
    return [seen.text for seen in server.messages(asked.channel_id) if seen.reply_to == asked.id]


async def settle(server: DiscordServer) -> None:
    """Wait until a later question is answered: what came before it has been dealt with."""
    await ask(server, f"<@bot> {UNSUPPORTED_QUESTION}")


@contextmanager
def minutes_ago(server: DiscordServer, minutes: int) -> Iterator[None]:
    """Let what is written in the block be from earlier."""
    snowflakes = server.world.snowflakes
    usual = snowflakes.next
    snowflakes.next = lambda: usual() - (minutes * 60_000 << 22)  # type: ignore[method-assign]
    try:
        yield
    finally:
        snowflakes.next = usual  # type: ignore[method-assign]


@pytest.mark.parametrize("place", ["عام", "سلسلة", "منشور", "سارة"])
async def test_the_answer_to_an_edited_question_changes(stage: Stage, place: str) -> None:
    asked, answer = await ask(stage.server, place=place)
    assert QUOTED in answer.text
    await stage.server.edit_message(asked, f"<@bot> {TRAM_QUESTION}")
    changed = await stage.server.wait_for_edit(answer)
    assert TRAM_QUOTED in changed.text
    assert not changed.pinged
    assert len(answers_to(stage.server, asked)) == 1


async def test_a_refusal_becomes_an_answer_and_an_answer_a_refusal(stage: Stage) -> None:
    asked, refusal = await ask(stage.server, f"<@bot> {UNSUPPORTED_QUESTION}")
    await stage.server.edit_message(asked, f"<@bot> {QUESTION}")
    answer = await stage.server.wait_for_edit(refusal)
    assert QUOTED in answer.text
    await stage.server.edit_message(asked, f"<@bot> {UNSUPPORTED_QUESTION}")
    assert "لم أجد في المقالات" in (await stage.server.wait_for_edit(answer)).text


async def test_an_edited_follow_up_is_completed_as_before(stage: Stage) -> None:
    _, first = await ask(stage.server)
    asked = await stage.server.post_message("عام", "سارة", "ومتى ولد وزير النقل؟", reply_to=first)
    answer = await stage.server.wait_for_reply(asked)
    await stage.server.edit_message(asked, "وكم كتابا فيها؟")
    changed = await stage.server.wait_for_edit(answer)
    assert f"أكملتُ سؤالك من: «{QUESTION}»" in changed.text
    assert BOOKS_QUOTED in changed.text


async def test_what_leaves_the_words_as_they_are_changes_nothing(stage: Stage) -> None:
    asked, answer = await ask(stage.server, f"<@bot> {QUESTION} https://news.example/library")
    await stage.server.unfurl(asked)
    await stage.server.edit_message(asked, f"{QUESTION} https://news.example/library <@bot>")
    await settle(stage.server)
    assert answer.message.edits == 0
    assert len(answers_to(stage.server, asked)) == 1


async def test_an_edit_that_mentions_the_bot_makes_a_question(stage: Stage) -> None:
    said = await stage.server.post_message("عام", "سارة", QUESTION)
    await settle(stage.server)
    await stage.server.no_reply(said)
    await stage.server.edit_message(said, f"<@bot> {QUESTION}")
    answer = await stage.server.wait_for_reply(said)
    assert QUOTED in answer.text
    await stage.server.edit_message(said, f"<@bot> {TRAM_QUESTION}")
    assert TRAM_QUOTED in (await stage.server.wait_for_edit(answer)).text


async def test_an_edit_that_takes_the_mention_away_withdraws_the_answer(stage: Stage) -> None:
    asked, answer = await ask(stage.server)
    await stage.server.edit_message(asked, QUESTION)
    await gone(stage.server, answer)
    await stage.server.edit_message(asked, f"<@bot> {QUESTION}")
    assert QUOTED in (await stage.server.wait_for_reply(asked)).text


async def test_after_ten_minutes_an_answer_stays_as_it_is(stage: Stage) -> None:
    with minutes_ago(stage.server, 11):
        old = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
        never_asked = await stage.server.post_message("عام", "سارة", QUESTION)
    with minutes_ago(stage.server, 9):
        recent = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    old_answer, recent_answer = [await stage.server.wait_for_reply(asked) for asked in (old, recent)]
    await stage.server.edit_message(old, f"<@bot> {TRAM_QUESTION}")
    await stage.server.edit_message(never_asked, f"<@bot> {TRAM_QUESTION}")
    await stage.server.edit_message(recent, f"<@bot> {TRAM_QUESTION}")
    assert TRAM_QUOTED in (await stage.server.wait_for_edit(recent_answer)).text
    await settle(stage.server)
    assert old_answer.message.edits == 0
    assert answers_to(stage.server, never_asked) == []
    await stage.server.delete_message(old)
    await gone(stage.server, old_answer)


async def test_of_edits_during_an_answer_the_last_counts_and_those_before_are_skipped(stage: Stage) -> None:
    server = stage.server
    hold = server.faults.hold("POST", f"/channels/{server.world.channel('عام').id}/messages")
    asked = await server.post_message("عام", "سارة", f"<@bot> {UNSUPPORTED_QUESTION}")
    for question in (QUESTION, BOOKS_QUESTION, TRAM_QUESTION):
        await server.edit_message(asked, f"<@bot> {question}")
    # An answer elsewhere tells that the edits have arrived.
    await ask(server, place="منشور")
    hold.release()
    answer = await server.wait_for_reply(asked)
    # What was on its way already is changed; what was not never comes.
    while TRAM_QUOTED not in answer.text:
        answer = await server.wait_for_edit(answer)
    await settle(server)
    assert answer.message.edits <= 1
    assert len(answers_to(server, asked)) == 1


async def test_an_answer_that_was_taken_away_does_not_come_back(stage: Stage) -> None:
    asked, answer = await ask(stage.server)
    await stage.server.delete_message(answer)
    await stage.server.edit_message(asked, f"<@bot> {TRAM_QUESTION}")
    await settle(stage.server)
    assert answers_to(stage.server, asked) == []


@pytest.mark.parametrize("place", ["عام", "سلسلة", "سارة"])
async def test_the_answer_to_a_deleted_question_goes(stage: Stage, place: str) -> None:
    asked, answer = await ask(stage.server, place=place)
    _, other = await ask(stage.server, place=place)
    await stage.server.delete_message(asked)
    await gone(stage.server, answer)
    assert not other.message.deleted


async def test_the_answers_to_questions_deleted_together_go(stage: Stage) -> None:
    asked, answers = zip(*[await ask(stage.server) for _ in range(3)], strict=True)
    said = await stage.server.post_message("عام", "ناصر", "صباح الخير")
    await stage.server.delete_messages([*asked, said])
    await gone(stage.server, *answers)


@pytest.mark.parametrize("is_on_its_way", [False, True])
async def test_no_answer_stays_to_a_question_deleted_while_it_is_made(stage: Stage, is_on_its_way: bool) -> None:
    server = stage.server
    hold = server.faults.hold("POST", "/channels/*/messages")
    asked = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    if is_on_its_way:
        await server.until(lambda: hold.count == 1, what="an answer on its way")
    await server.delete_message(asked)
    hold.release()
    if is_on_its_way:
        await gone(server, await server.wait_for_message("عام", after=asked))
    await settle(server)
    assert not any(QUOTED in seen.text for seen in server.messages("عام") if seen.id > asked.id)


async def test_a_direct_answer_to_a_question_in_a_channel_follows_it_too(stage: Stage) -> None:
    server = stage.server
    direct = server.direct_channel("ليلى")
    await server.deny("عام", Permission.SEND_MESSAGES)
    try:
        asked = await server.post_message("عام", "ليلى", f"<@bot> {QUESTION}")
        answer = await server.wait_for_message(direct, after=asked)
        await server.edit_message(asked, f"<@bot> {TRAM_QUESTION}")
        changed = await server.wait_for_edit(answer)
        await server.delete_message(asked)
        await gone(server, answer)
    finally:
        await server.allow("عام", Permission.SEND_MESSAGES)
    assert TRAM_QUOTED in changed.text
    about = f"تعذّر عليّ الكتابة في <#{server.world.channel('عام').id}>"
    assert about in answer.text
    assert about in changed.text


async def test_events_repeated_after_a_resume_change_nothing(server: DiscordServer, start: Start) -> None:
    await start()
    asked, answer = await ask(server)
    await server.edit_message(asked, f"<@bot> {TRAM_QUESTION}")
    await server.wait_for_edit(answer)
    removed, removed_answer = await ask(server)
    await server.delete_message(removed)
    await gone(server, removed_answer)
    before = len(server.requests)
    server.gateway.repeated_events = 20
    server.gateway.reconnect()
    await server.until(lambda: server.gateway.resumes, what="a resume")
    await settle(server)
    assert len(server.requests) == before + 1
    assert answer.message.edits == 1
    assert answers_to(server, removed) == []


async def test_after_a_restart_the_answer_that_is_there_is_found_again(
    server: DiscordServer, corpus: Path, tmp_path: Path
) -> None:
    program = await Program.start(server, corpus, tmp_path / "first")
    await server.wait_ready()
    asked, answer = await ask(server)
    direct, direct_answer = await ask(server, place="سارة")
    said = await server.post_message("عام", "ناصر", QUESTION)
    assert await program.stop() == 0, program.log
    missed = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")

    program = await Program.start(server, corpus, tmp_path / "second")
    await server.wait_ready()
    for message in (asked, direct, missed):
        await server.edit_message(message, f"<@bot> {TRAM_QUESTION}")
    await server.edit_message(said, TRAM_QUESTION)
    assert TRAM_QUOTED in (await server.wait_for_edit(answer)).text
    assert TRAM_QUOTED in (await server.wait_for_edit(direct_answer)).text
    assert TRAM_QUOTED in (await server.wait_for_reply(missed)).text
    searches = [request for request in server.requests if request.method == "GET" and "/messages" in request.path]
    # The channel is read back once, and once at most for each edited message, for those that come before it is read.
    assert len(searches) <= 1 + 4
    assert len(answers_to(server, asked)) == 1
    await server.delete_message(asked)
    await gone(server, answer)
    assert answers_to(server, said) == []
    assert await program.stop() == 0, program.log
