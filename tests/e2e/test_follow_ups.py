"""Questions that lean on the one before, in reply to the bot's answers; what was asked is read back from Discord."""

from pathlib import Path

import pytest

from bot.arabic import strip_controls
from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Fault, Permission, Seen
from tests.discord_server.faults import Faults
from tests.e2e.coverage import ENGLISH_QUESTION, QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED
from tests.e2e.program import Program
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOOKS_QUESTION, BOOKS_QUOTED = "وكم كتابا فيها؟", "أربعين ألف كتاب"
INCOMPLETE = ARABIC("refusal.incomplete")


def goes_on_from(question: str) -> str:
    return ARABIC("answer.follows", question=question)


async def ask(stage: Stage, place: str = "عام", question: str = QUESTION) -> Seen:
    asked = await stage.server.post_message(place, "سارة", f"<@bot> {question}")
    return await stage.server.wait_for_reply(asked)


async def follow(stage: Stage, question: str, reply: Seen, author: str = "سارة") -> Seen:
    asked = await stage.server.post_message(reply.message.channel_id, author, question, reply_to=reply)
    return await stage.server.wait_for_reply(asked)


def fetches(server: DiscordServer) -> int:
    return sum(request.method == "GET" and "/messages/" in request.path for request in server.requests)


@pytest.mark.parametrize("place", ["عام", "سلسلة", "منشور"])
@pytest.mark.parametrize("author", ["سارة", "ليلى"])
async def test_a_follow_up_is_completed_from_the_question_that_the_answer_replies_to(
    stage: Stage, place: str, author: str
) -> None:
    reply = await follow(stage, BOOKS_QUESTION, await ask(stage, place), author)
    assert goes_on_from(QUESTION) in reply.text
    assert BOOKS_QUOTED in reply.text
    assert not reply.pinged


async def test_a_follow_up_in_a_direct_message(stage: Stage) -> None:
    channel = stage.server.direct_channel("سارة")
    asked = await stage.server.post_message(channel, "سارة", QUESTION)
    further = await stage.server.post_message(
        channel, "سارة", BOOKS_QUESTION, reply_to=await stage.server.wait_for_reply(asked), ping=False
    )
    assert goes_on_from(QUESTION) in (await stage.server.wait_for_reply(further)).text


async def test_in_a_direct_message_what_cannot_stand_alone_goes_on_without_a_reply(stage: Stage) -> None:
    channel = stage.server.direct_channel("سارة")
    answer = await stage.server.wait_for_reply(await stage.server.post_message(channel, "سارة", QUESTION))
    further = await stage.server.wait_for_reply(await stage.server.post_message(channel, "سارة", BOOKS_QUESTION))
    assert goes_on_from(QUESTION) in further.text
    assert BOOKS_QUOTED in further.text
    more = await stage.server.wait_for_reply(await stage.server.post_message(channel, "سارة", "كمل"))
    assert goes_on_from(f"{QUESTION}» ثم «{BOOKS_QUESTION}") in strip_controls(more.text)
    whole = await stage.server.wait_for_reply(await stage.server.post_message(channel, "سارة", TRAM_QUESTION))
    assert "أكملتُ" not in whole.text
    assert answer.message.id != further.message.id


async def test_in_a_channel_nothing_goes_on_without_a_reply(stage: Stage) -> None:
    await ask(stage)
    assert INCOMPLETE in (await ask(stage, question=BOOKS_QUESTION)).text


async def test_a_chain_of_follow_ups_in_english_is_read_back_from_its_cards(stage: Stage) -> None:
    asked = await stage.server.run_command("ask", {"question": ENGLISH_QUESTION}, author="ناصر", channel="عام")
    answer = await stage.server.wait_for_reply(asked)
    assert f"Question: “{ENGLISH_QUESTION}”" in answer.text
    second = await follow(stage, "<@bot> how many books does it have?", answer)
    assert f"I read this as a follow-up to: “{ENGLISH_QUESTION}”" in second.text
    third = await follow(stage, "and when?", second)
    chained = f"“{ENGLISH_QUESTION}” then “how many books does it have?”"
    assert f"I read this as a follow-up to: {chained}" in strip_controls(third.text)


async def test_a_chain_of_follow_ups(stage: Stage) -> None:
    second = await follow(stage, BOOKS_QUESTION, await ask(stage))
    third = await follow(stage, "طيب، ومتى افتتحت؟", second)
    assert goes_on_from(f"{QUESTION}» ثم «{BOOKS_QUESTION}") in strip_controls(third.text)
    assert QUOTED in third.text


async def test_a_follow_up_on_a_refusal(stage: Stage) -> None:
    refusal = await ask(stage, question="من صمم خط الترام الجديد؟")
    assert TRAM_QUOTED not in refusal.text
    reply = await follow(stage, "وكم بلغت كلفته؟", refusal)
    assert goes_on_from("من صمم خط الترام الجديد؟") in reply.text
    assert TRAM_QUOTED in reply.text


async def test_a_follow_up_on_a_slash_answer_mentions_the_bot_and_is_completed_from_its_card(stage: Stage) -> None:
    asked = await stage.server.run_command("ask", {"question": QUESTION}, author="ناصر", channel="عام")
    answer = await stage.server.wait_for_reply(asked)
    assert f"السؤال: «{QUESTION}»" in answer.text
    before = fetches(stage.server)
    reply = await follow(stage, f"<@bot> {BOOKS_QUESTION}", answer)
    assert goes_on_from(QUESTION) in reply.text
    assert BOOKS_QUOTED in reply.text
    assert fetches(stage.server) == before


async def test_a_reply_to_a_slash_answer_that_discord_does_not_show_is_told_to_mention(stage: Stage) -> None:
    asked = await stage.server.run_command("اسأل", {"سؤال": QUESTION}, author="ناصر", channel="عام")
    reply = await follow(stage, BOOKS_QUESTION, await stage.server.wait_for_reply(asked))
    assert "لا يُريني ديسكورد نصّ ردّك هنا" in reply.text


async def test_a_whole_question_in_a_reply_is_answered_as_it_is_and_nothing_is_fetched(stage: Stage) -> None:
    answer = await ask(stage)
    before = fetches(stage.server)
    reply = await follow(stage, TRAM_QUESTION, answer)
    assert TRAM_QUOTED in reply.text
    assert "أكملتُ" not in reply.text
    assert fetches(stage.server) == before


async def test_more_of_the_same_goes_on_from_the_answer(stage: Stage) -> None:
    reply = await follow(stage, "زيدني تفاصيل", await ask(stage))
    assert goes_on_from(QUESTION) in reply.text
    assert "المزيد من المقالات عن الموضوع نفسه:" in reply.text
    assert QUOTED not in reply.text
    again = await follow(stage, "وكم كتابا فيها؟", reply)
    assert goes_on_from(QUESTION) in again.text
    assert BOOKS_QUOTED in again.text


async def test_going_on_again_and_again_comes_to_an_end(stage: Stage) -> None:
    reply = await ask(stage)
    shown = list[str]()
    while "ليس في المقالات نصّ آخر" not in reply.text:
        assert len(shown) < 5
        assert reply.text not in shown
        shown.append(reply.text)
        reply = await follow(stage, "كمل", reply)
    assert "ليس في المقالات نصّ آخر" in (await follow(stage, "كمل", reply)).text


async def test_a_bare_follow_up_that_cannot_be_asked_says_what_it_lacks(stage: Stage) -> None:
    reply = await follow(stage, "ومتى؟", await ask(stage, question="من هي سلمى الحداد؟"))
    assert "متى ماذا؟" in reply.text
    assert "أكملتُ" not in reply.text
    assert "السؤال السابق: «من هي سلمى الحداد؟»" in strip_controls(reply.text)
    whole = await follow(stage, "ماذا قالت عن الإعارة؟", reply)
    assert "متى ماذا؟" not in whole.text


@pytest.mark.parametrize("question", ["ومتى؟", "وكم بلغت؟", "ومن وقعها؟", "وين؟"])
async def test_without_a_question_before_it_a_follow_up_is_told_so(stage: Stage, question: str) -> None:
    assert INCOMPLETE in (await ask(stage, question=question)).text


async def test_a_question_that_is_deleted_is_as_none(stage: Stage) -> None:
    asked = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    answer = await stage.server.wait_for_reply(asked)
    asked.deleted = True  # while the bot was away
    assert INCOMPLETE in (await follow(stage, BOOKS_QUESTION, answer)).text


async def test_a_link_missing_in_a_chain_is_not_skipped(stage: Stage) -> None:
    first = await ask(stage)
    second = await stage.server.post_message("عام", "سارة", BOOKS_QUESTION, reply_to=first)
    answer = await stage.server.wait_for_reply(second)
    second.deleted = True
    assert INCOMPLETE in (await follow(stage, "ومتى افتتحت؟", answer)).text


@pytest.mark.parametrize(
    "fault", [Faults.status(403, 50001), Faults.status(404, 10008), Faults.status(503), Faults.html(), Faults.cut()]
)
async def test_a_question_that_cannot_be_fetched_is_as_none(stage: Stage, fault: Fault) -> None:
    answer = await ask(stage)
    # The library asks once more after a cut.
    stage.server.faults.add("GET", "/channels/*/messages/*", fault, times=5)
    assert INCOMPLETE in (await follow(stage, BOOKS_QUESTION, answer)).text


async def test_a_history_that_may_not_be_read_holds_no_question(stage: Stage) -> None:
    answer = await ask(stage)
    await stage.server.deny("عام", Permission.READ_MESSAGE_HISTORY)
    try:
        asked = await stage.server.post_message("عام", "سارة", BOOKS_QUESTION, reply_to=answer)
        reply = await stage.server.wait_for_message("عام", after=asked)
    finally:
        await stage.server.allow("عام", Permission.READ_MESSAGE_HISTORY)
    assert INCOMPLETE in reply.text


async def test_a_follow_up_survives_a_restart(server: DiscordServer, corpus: Path, tmp_path: Path) -> None:
    answers: list[Seen] = []
    for run in ("first", "second"):
        program = await Program.start(server, corpus, tmp_path / run)
        await server.wait_ready()
        await server.wait_for_command("ask")
        if not answers:
            asked = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
            called = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel="عام")
            answers = [await server.wait_for_reply(asked), await server.wait_for_reply(called)]
        else:
            for answer in answers:
                further = await server.post_message("عام", "سارة", f"<@bot> {BOOKS_QUESTION}", reply_to=answer)
                assert BOOKS_QUOTED in (await server.wait_for_reply(further)).text
        assert await program.stop() == 0, program.log
