"""The first minute: what a greeting, an off-topic question, the help and a server that the bot joins are shown."""

from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Seen
from tests.e2e.buttons import ask, labels, written
from tests.e2e.coverage import QUESTION, TRAM_QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.program import Start
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

ISOLATES = "\u2068\u2069"
DAYS = "نُشرت بين 9 مارس 2026 و20 مايو 2026."


def examples(shown: Seen) -> list[str]:
    return [label for label in labels(shown) if label not in {"👍", "👎", "🗑️"}]


@pytest.mark.parametrize("question", ["السلام عليكم", "مساعدة", UNSUPPORTED_QUESTION])
async def test_who_does_not_know_what_to_ask_is_told(stage: Stage, question: str) -> None:
    shown = await ask(stage.server, question=question)
    assert "من موضوعات المقالات التي أجيب منها:" in written(shown)
    assert DAYS in written(shown)
    assert examples(shown)


async def test_an_example_is_answered_for_whoever_presses_it(stage: Stage) -> None:
    greeting = await ask(stage.server, question="السلام عليكم")
    example = examples(greeting)[0]
    pressed = await stage.server.press_button(greeting, example, "ناصر")

    def told() -> Seen | None:
        replies = [reply for reply in stage.server.interaction_replies(pressed) if reply.id != greeting.id]
        return next((reply for reply in replies if not reply.is_thinking), None)

    reply = await stage.server.until(told, what="the answer to the example")
    assert not reply.is_ephemeral
    assert f"السؤال: «{example.strip(ISOLATES)}»" in written(reply)
    assert "المصدر:" in written(reply)
    assert "👍" in labels(reply)


async def test_a_misspelt_name_is_asked_back_on_a_button(stage: Stage) -> None:
    refusal = await ask(stage.server, question="حدثني عن الترماام")
    pressed = await stage.server.press_button(refusal, "\u2068أتقصد الترام؟\u2069", "ناصر")

    def told() -> Seen | None:
        replies = [reply for reply in stage.server.interaction_replies(pressed) if reply.id != refusal.id]
        return next((reply for reply in replies if not reply.is_thinking), None)

    assert TRAM_QUOTED in written(await stage.server.until(told, what="the answer to what was meant"))


async def test_the_help_has_examples(stage: Stage) -> None:
    asked = await stage.server.run_command("help", {}, author="سارة", channel="عام")
    shown = await stage.server.wait_for_reply(asked)
    assert DAYS in written(shown)
    assert examples(shown)


async def test_a_golden_question_is_an_example(server: DiscordServer, start: Start, corpus: Path) -> None:
    (corpus / "questions.yaml").write_text("- question: كم بلغت كلفة خط الترام؟\n  article: tram\n", encoding="utf-8")
    await start()
    shown = await ask(server, question="السلام عليكم")
    assert examples(shown)[0].strip(ISOLATES) == "كم بلغت كلفة خط الترام؟"


async def test_a_server_that_the_bot_joins_is_welcomed_once(server: DiscordServer, start: Start) -> None:
    world = server.world
    guild = world.add_guild("مكتبة", with_bot=False, owner=world.user("ليلى"))
    place = world.add_channel(guild, "باحة")
    asked = await server.post_message("عام", "سارة", f"<@bot> {QUESTION}")
    await start()
    # Until it has read back what it missed, a server that is new counts as one that was away.
    await server.wait_for_reply(asked)
    await server.invite_bot(guild)
    shown = await server.wait_for_message(place)
    assert "أهلاً بكم، أنا إسناد" in written(shown)
    assert examples(shown)
    assert not shown.pinged
