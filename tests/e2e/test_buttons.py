"""Buttons under answers and refusals, pressed by askers, other members and moderators, wherever an answer stands."""

from collections.abc import Awaitable, Callable

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Fault, Permission, Seen
from tests.discord_server.faults import Faults
from tests.e2e.buttons import ask, call, delete, labels, lose_question, press, requests_since, written
from tests.e2e.coverage import ENGLISH_QUESTION, QUESTION, SOURCE, TRAM_QUESTION, UNSUPPORTED_QUESTION
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

FURTHER_QUOTED = "قالت مديرة المكتبة سلمى الحداد إن الإعارة مجانية لسكان المدينة كلهم."
QUOTED_WHOLE = (
    "افتتحت البلدية المكتبة العامة في حي المنارة صباح الأحد الماضي. وتضم المكتبة العامة أربعين ألف كتاب وقاعة للأطفال."
)
THANKS = {"👍": ARABIC("vote.helpful"), "👎": ARABIC("vote.unhelpful")}
NOT_YOURS = ARABIC("button.not_yours")

AnyWay = Callable[..., Awaitable[Seen]]
ways = pytest.mark.parametrize("way", [ask, call])
places = pytest.mark.parametrize("place", ["عام", "سلسلة", "منشور", "سارة"])


@ways
@places
async def test_the_context_of_an_answer_is_shown_privately(stage: Stage, way: AnyWay, place: str) -> None:
    answer = await way(stage.server, place)
    assert labels(answer) == ["السياق", "نسخ", "🗑️", "👍", "👎", "📚", "🔖"]
    context = await press(stage.server, answer, "السياق")
    assert f"> **{QUOTED_WHOLE}**\n" in written(context)
    assert f"> {FURTHER_QUOTED}" in context.text
    assert SOURCE.search(context.text)
    assert "الفقرة 1 من 2" in context.text


@ways
@places
async def test_there_is_more_to_read_on_the_question(stage: Stage, way: AnyWay, place: str) -> None:
    more = await press(stage.server, await way(stage.server, place), "📚")
    assert f"السؤال: «{QUESTION}»" in more.text
    assert f"> {FURTHER_QUOTED}" in more.text
    assert "بعضها قد يكمّل الجواب" in more.text
    assert not more.buttons


@ways
@pytest.mark.parametrize(
    ("button", "told"),
    [
        ("📚", f"Question: “{ENGLISH_QUESTION}”"),
        ("Context", "Context of the quote"),
        ("Copy", "The quote, ready to copy"),
        ("👍", "Thank you, glad the answer helped."),
    ],
)
async def test_a_button_of_a_card_in_english_answers_in_english(
    stage: Stage, way: AnyWay, button: str, told: str
) -> None:
    assert told in (await press(stage.server, await way(stage.server, question=ENGLISH_QUESTION), button)).text


async def test_more_on_a_follow_up_is_on_the_question_that_it_completes(stage: Stage) -> None:
    answer = await ask(stage.server)
    asked = await stage.server.post_message("عام", "سارة", "وكم كتابا فيها؟", reply_to=answer)
    more = await press(stage.server, await stage.server.wait_for_reply(asked), "📚")
    assert "السؤال: «وكم كتابا فيها؟»" in more.text
    assert f"أكملتُ سؤالك من: «{QUESTION}»" in more.text
    assert FURTHER_QUOTED in more.text


async def test_an_answer_that_follows_its_edited_question_has_buttons_of_its_own(stage: Stage) -> None:
    answer = await ask(stage.server)
    await stage.server.edit_message(stage.server.world.messages[answer.reply_to or 0], f"<@bot> {TRAM_QUESTION}")
    edited = await stage.server.wait_for_edit(answer)
    assert labels(edited) == labels(answer)
    assert "يربط خط الترام الجديد" in (await press(stage.server, edited, "السياق")).text
    assert f"السؤال: «{TRAM_QUESTION}»" in (await press(stage.server, edited, "📚")).text


async def test_an_answer_that_came_directly_instead_has_buttons_as_well(stage: Stage) -> None:
    await stage.server.deny("عام", Permission.SEND_MESSAGES)
    try:
        asked = await stage.server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
        answer = await stage.server.wait_for_message(stage.server.direct_channel("سارة"), after=asked)
    finally:
        await stage.server.allow("عام", Permission.SEND_MESSAGES)
    assert FURTHER_QUOTED in (await press(stage.server, answer, "📚")).text
    await is_deleted_at_once(stage.server, answer, "سارة")


@pytest.mark.parametrize("author", ["ناصر", "ليلى"])
async def test_anybody_may_read_on_and_vote(stage: Stage, author: str) -> None:
    answer = await ask(stage.server)
    assert QUOTED_WHOLE in (await press(stage.server, answer, "السياق", author)).text
    assert FURTHER_QUOTED in (await press(stage.server, answer, "📚", author)).text
    assert THANKS["👍"] in (await press(stage.server, answer, "👍", author)).text


async def test_more_on_a_question_that_cannot_be_read_any_more(stage: Stage) -> None:
    answer = await ask(stage.server)
    lose_question(stage.server, answer)
    assert "لم أعد أجد السؤال" in (await press(stage.server, answer, "📚")).text
    assert QUOTED_WHOLE in (await press(stage.server, answer, "السياق")).text


@pytest.mark.parametrize("button", ["👍", "👎"])
async def test_a_vote_is_thanked_for_once_and_can_be_changed(stage: Stage, button: str) -> None:
    answer = await ask(stage.server)
    [other] = THANKS.keys() - {button}
    for pressed, told in ((button, THANKS[button]), (button, "رأيك هذا مسجّل"), (other, THANKS[other])):
        assert told in (await press(stage.server, answer, pressed)).text


async def is_deleted_at_once(server: DiscordServer, answer: Seen, author: str) -> None:
    requests = len(server.requests)
    pressed = await server.press_button(answer, "🗑️", author)
    await server.until(lambda: answer.message.deleted, what="the deletion")
    await server.no_reply(pressed, within=0.2)
    assert [request.method for request in requests_since(server, requests)] == ["POST", "DELETE"]


@ways
@places
async def test_its_asker_deletes_an_answer_and_is_asked_first_where_others_see_it(
    stage: Stage, way: AnyWay, place: str
) -> None:
    answer = await way(stage.server, place)
    await (is_deleted_at_once if place == "سارة" else delete)(stage.server, answer, "سارة")


async def test_an_answer_stays_where_its_deletion_is_not_confirmed_or_no_longer_allowed(stage: Stage) -> None:
    answer = await ask(stage.server)
    await stage.server.allow("عام", Permission.MANAGE_MESSAGES, "ليلى")
    sure = await press(stage.server, answer, "🗑️", "ليلى")
    await stage.server.deny("عام", Permission.MANAGE_MESSAGES, "ليلى")
    assert NOT_YOURS in (await press(stage.server, sure, ARABIC("button.delete"), "ليلى")).text
    assert not answer.message.deleted


async def test_an_answer_that_is_gone_already_needs_no_deletion(stage: Stage) -> None:
    answer = await ask(stage.server)
    sure = await press(stage.server, answer, "🗑️", "ناصر")
    await delete(stage.server, answer)
    await stage.server.press_button(sure, ARABIC("button.delete"), "ناصر")
    await stage.server.until(lambda: sure.message.deleted, what="the question that goes with it")


async def test_deleting_needs_no_permission_of_the_bot(stage: Stage) -> None:
    answer = await ask(stage.server)
    await stage.server.deny("عام", Permission.SEND_MESSAGES)
    try:
        await delete(stage.server, answer, "سارة")
    finally:
        await stage.server.allow("عام", Permission.SEND_MESSAGES)


@pytest.mark.parametrize("place", ["foreign", "group"])
async def test_buttons_work_where_a_person_brought_the_bot(stage: Stage, place: str) -> None:
    server = stage.server
    await server.install("سارة")
    where = server.world.channel("ساحة") if place == "foreign" else server.private_channel("سارة", "ناصر")
    before = len(server.requests)
    called = await server.run_command("ask", {"question": QUESTION}, author="سارة", channel=where)
    answer = await server.wait_for_reply(called)
    assert QUOTED_WHOLE in (await press(server, answer, "السياق")).text
    assert FURTHER_QUOTED in (await press(server, answer, "📚")).text
    assert THANKS["👍"] in (await press(server, answer, "👍")).text
    if place == "group":
        assert NOT_YOURS in (await press(server, answer, "🗑️", "ناصر")).text
    await is_deleted_at_once(server, answer, "سارة")
    assert {request.path.split("/")[1] for request in requests_since(server, before)} == {"interactions", "webhooks"}


async def test_a_moderator_deletes_an_answer(stage: Stage) -> None:
    await delete(stage.server, await ask(stage.server), "ناصر")


@ways
async def test_nobody_else_deletes_an_answer_but_who_manages_messages_there(stage: Stage, way: AnyWay) -> None:
    answer = await way(stage.server, "عام")
    assert NOT_YOURS in (await press(stage.server, answer, "🗑️", "ليلى")).text
    assert not answer.message.deleted
    await stage.server.allow("عام", Permission.MANAGE_MESSAGES, "ليلى")
    try:
        await delete(stage.server, answer, "ليلى")
    finally:
        await stage.server.deny("عام", Permission.MANAGE_MESSAGES, "ليلى")


async def test_a_refusal_of_a_question_can_be_deleted(stage: Stage) -> None:
    refusal = await ask(stage.server, question=UNSUPPORTED_QUESTION)
    assert labels(refusal)[-1] == "🗑️"
    assert NOT_YOURS in (await press(stage.server, refusal, "🗑️", "ليلى")).text
    await delete(stage.server, refusal, "سارة")


@pytest.mark.parametrize("words", ["شكراً", "ومتى؟"])
async def test_small_talk_has_no_buttons(stage: Stage, words: str) -> None:
    assert not (await ask(stage.server, question=words)).buttons


async def test_two_presses_at_once_delete_once(stage: Stage) -> None:
    answer = await ask(stage.server)
    asked = {author: await press(stage.server, answer, "🗑️", author) for author in ("سارة", "ناصر")}
    hold = stage.server.faults.hold("POST", "/interactions/*/callback", times=2)
    presses = [await stage.server.press_button(sure, ARABIC("button.delete"), who) for who, sure in asked.items()]
    await stage.server.until(lambda: hold.count == 2, what="two presses at once")
    hold.release()
    await stage.server.until(lambda: all(sure.message.deleted for sure in asked.values()), what="both to be done")
    assert answer.message.deleted
    for pressed in presses:
        await stage.server.no_reply(pressed)


async def test_a_press_that_a_resume_repeats_is_answered_once(stage: Stage) -> None:
    answer = await ask(stage.server)
    pressed = await stage.server.press_button(answer, "السياق", "سارة")
    await stage.server.wait_for_reply(pressed)
    for session in stage.server.gateway.connected:
        sent = [entry["d"] for entry in session.history if entry["t"] == "INTERACTION_CREATE"]
        session.dispatch("INTERACTION_CREATE", sent[-1])
    await ask(stage.server, question=TRAM_QUESTION)
    assert len(stage.server.interaction_replies(pressed)) == 1


@pytest.mark.parametrize("path", ["/interactions/*/callback", "/webhooks/*"])
@pytest.mark.parametrize("fault", [Faults.status(503), Faults.cut(applied=True), Faults.rate_limited(0.2)])
async def test_a_press_is_answered_through_a_passing_fault(stage: Stage, fault: Fault, path: str) -> None:
    answer = await ask(stage.server)
    stage.server.faults.add("*", path, fault)
    assert QUOTED_WHOLE in (await press(stage.server, answer, "السياق")).text


@pytest.mark.parametrize("identity", ["b1:context:AAAA", "b1:page:x", "b1:unknown:", "b0:more:", "b1:delete:"])
async def test_a_button_of_another_version_is_told_to_be_so(stage: Stage, identity: str) -> None:
    answer = await ask(stage.server)
    frame = answer.message.components[0]["components"]
    frame[-1]["components"][0]["custom_id"] = identity
    assert "من نسخة سابقة" in (await press(stage.server, answer, identity)).text
    assert not answer.message.deleted
