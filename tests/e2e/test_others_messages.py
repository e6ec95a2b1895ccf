"""Questions about somebody else's message: a mention that replies to it, or the command in its menu."""

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import Message, Permission, Seen
from tests.discord_server.command_kinds import CommandKind
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

BOOKS_QUESTION, BOOKS_QUOTED = "وكم كتابا فيها؟", "أربعين ألف كتاب"
HIDDEN, NO_WORDS = ARABIC("conversation.hidden"), ARABIC("conversation.no_words")


async def reply(stage: Stage, words: str, said: Message | Seen, place: str = "عام") -> Seen:
    asked = await stage.server.post_message(place, "سارة", words, reply_to=said)
    return await stage.server.wait_for_reply(asked)


@pytest.mark.parametrize("place", ["عام", "سلسلة"])
async def test_a_bare_mention_asks_what_the_message_asks_that_it_replies_to(stage: Stage, place: str) -> None:
    said = await stage.server.post_message(place, "ناصر", f"<@bot> {QUESTION}")
    answer = await reply(stage, "<@bot>", said, place)
    assert answer.text.startswith(f"السؤال: «{QUESTION}»")
    assert QUOTED in answer.text
    assert not answer.pinged
    further = await reply(stage, BOOKS_QUESTION, answer, place)
    assert f"أكملتُ سؤالك من: «{QUESTION}»" in further.text
    assert BOOKS_QUOTED in further.text


async def test_in_direct_messages_every_message_can_be_read(stage: Stage) -> None:
    channel = stage.server.direct_channel("سارة")
    said = await stage.server.post_message(channel, "سارة", QUESTION)
    asked = await stage.server.post_message(channel, "سارة", "<@bot>", reply_to=said)
    assert QUOTED in (await stage.server.wait_for_reply(asked)).text


async def test_words_that_lean_are_completed_from_the_message_replied_to(stage: Stage) -> None:
    said = await stage.server.post_message("عام", "ناصر", f"<@bot> {QUESTION}")
    answer = await reply(stage, f"<@bot> {BOOKS_QUESTION}", said)
    assert f"أكملتُ سؤالك من: «{QUESTION}»" in answer.text
    assert BOOKS_QUOTED in answer.text


@pytest.mark.parametrize("said", [QUESTION, f"<@bot> {QUESTION}"])
async def test_words_that_stand_alone_are_answered_as_they_are(stage: Stage, said: str) -> None:
    message = await stage.server.post_message("عام", "ناصر", said)
    answer = await reply(stage, f"<@bot> {TRAM_QUESTION}", message)
    assert TRAM_QUOTED in answer.text
    assert "السؤال:" not in answer.text


@pytest.mark.parametrize("words", ["<@bot>", f"<@bot> {BOOKS_QUESTION}"])
async def test_where_discord_hides_the_message_the_way_that_works_is_named(stage: Stage, words: str) -> None:
    said = await stage.server.post_message("عام", "ناصر", QUESTION)
    answer = await reply(stage, words, said)
    assert HIDDEN in answer.text
    assert "«اسأل عن هذه الرسالة»" in answer.text


@pytest.mark.parametrize("words", ["<@bot>", f"<@bot> {BOOKS_QUESTION}"])
async def test_a_message_without_words_is_no_question(stage: Stage, words: str) -> None:
    said = await stage.server.post_message("عام", "ناصر", "<@bot>")
    assert NO_WORDS in (await reply(stage, words, said)).text


async def test_a_message_that_is_gone_is_as_none(stage: Stage) -> None:
    said = await stage.server.post_message("عام", "ناصر", f"<@bot> {QUESTION}")
    said.deleted = True
    assert "لم يصلني سؤال" in (await reply(stage, "<@bot>", said)).text


async def test_a_bare_reply_to_an_answer_is_asked_how_to_go_on(stage: Stage) -> None:
    asked = await stage.server.post_message("عام", "ناصر", f"<@bot> {QUESTION}")
    answer = await stage.server.wait_for_reply(asked)
    assert "ماذا تريد أن تعرف بعد هذا؟" in (await reply(stage, "<@bot>", answer)).text


async def test_an_edit_gives_a_bare_reply_its_words(stage: Stage) -> None:
    said = await stage.server.post_message("عام", "ناصر", QUESTION)
    asked = await stage.server.post_message("عام", "سارة", "<@bot>", reply_to=said)
    answer = await stage.server.wait_for_reply(asked)
    await stage.server.edit_message(asked, f"<@bot> {TRAM_QUESTION}")
    assert TRAM_QUOTED in (await stage.server.wait_for_edit(answer)).text


MENU = ARABIC("command.menu.name")


async def ask_about(stage: Stage, message: Message | Seen, author: str = "سارة") -> Seen:
    place = message.message.channel_id if isinstance(message, Seen) else message.channel_id
    called = await stage.server.run_context_menu(MENU, message, author=author, channel=place)
    return await stage.server.wait_for_reply(called)


async def test_the_menu_has_an_arabic_name_and_an_english_one(stage: Stage) -> None:
    command = stage.server.commands.find(MENU, None, CommandKind.MESSAGE)
    assert command is not None
    assert command["name_localizations"]["en-US"] == "Ask about this message"


@pytest.mark.parametrize("place", ["عام", "سلسلة", "سارة"])
async def test_the_menu_asks_what_the_message_asks(stage: Stage, place: str) -> None:
    channel = stage.server.direct_channel("سارة") if place == "سارة" else place
    said = await stage.server.post_message(channel, "سارة", f"<#1> {QUESTION}")
    answer = await ask_about(stage, said)
    assert answer.text.startswith(f"السؤال: «{QUESTION}»")
    assert QUOTED in answer.text
    assert not answer.is_ephemeral
    assert not answer.pinged


async def test_the_menu_on_an_answer_asks_its_question_again(stage: Stage) -> None:
    first = await stage.server.wait_for_reply(await stage.server.post_message("عام", "ناصر", f"<@bot> {QUESTION}"))
    second = await reply(stage, BOOKS_QUESTION, first)
    again = await ask_about(stage, first)
    assert again.text.startswith(f"السؤال: «{QUESTION}»")
    assert QUOTED in again.text
    completed = await ask_about(stage, second)
    for answer in (completed, await ask_about(stage, completed)):
        assert answer.text.startswith(f"السؤال: «{BOOKS_QUESTION}»")
        assert f"أكملتُ سؤالك من: «{QUESTION}»" in answer.text
        assert BOOKS_QUOTED in answer.text


async def test_the_menu_on_an_answer_whose_question_is_gone(stage: Stage) -> None:
    asked = await stage.server.post_message("عام", "ناصر", f"<@bot> {QUESTION}")
    answer = await stage.server.wait_for_reply(asked)
    asked.deleted = True
    told = await ask_about(stage, answer)
    assert "لم أجد السؤال الذي تجيب عنه تلك الرسالة" in told.text
    assert told.is_ephemeral


async def test_the_menu_on_a_message_without_words(stage: Stage) -> None:
    said = await stage.server.post_message("عام", "ناصر", "<#1>")
    told = await ask_about(stage, said)
    assert NO_WORDS in told.text
    assert told.is_ephemeral


async def test_the_one_question_of_a_long_message_is_asked(stage: Stage) -> None:
    talk = "تحدثنا أمس طويلا في المقهى عن أحوال الحي. " * 20
    said = await stage.server.post_message("عام", "ناصر", f"{talk}{QUESTION} {talk}")
    answer = await ask_about(stage, said)
    assert answer.text.startswith(f"السؤال: «{QUESTION}»")
    assert QUOTED in answer.text


@pytest.mark.parametrize("questions", ["", f"{QUESTION} {TRAM_QUESTION}"])
async def test_a_long_message_with_no_question_or_two_is_too_long(stage: Stage, questions: str) -> None:
    talk = "تحدثنا أمس طويلا في المقهى عن أحوال الحي. " * 20
    said = await stage.server.post_message("عام", "ناصر", f"{talk}{questions}")
    told = await ask_about(stage, said)
    assert "رسالتك أطول مما أستطيع فهمه" in told.text
    assert told.is_ephemeral


async def test_the_menu_answers_where_the_bot_may_not_write(stage: Stage) -> None:
    said = await stage.server.post_message("عام", "ناصر", QUESTION)
    await stage.server.deny("عام", Permission.SEND_MESSAGES)
    try:
        assert QUOTED in (await ask_about(stage, said)).text
    finally:
        await stage.server.allow("عام", Permission.SEND_MESSAGES)
