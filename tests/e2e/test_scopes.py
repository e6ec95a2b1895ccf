"""Questions are put to a part of the coverage, and the answer says to which."""

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import Seen
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

OUT_OF_SCOPE = ARABIC("refusal.out_of_scope")


async def ask(stage: Stage, name: str, options: dict[str, str]) -> Seen:
    asked = await stage.server.run_command(name, options, author="سارة", channel="عام")
    return await stage.server.wait_for_reply(asked)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"سؤال": QUESTION, "منذ": "2026"}, "بحثتُ في ما نُشر منذ 1 يناير 2026 فقط."),
        ({"سؤال": QUESTION, "حتى": "مارس 2026"}, "بحثتُ في ما نُشر حتى 31 مارس 2026 فقط."),
        ({"سؤال": QUESTION, "الجهة": "صحيفه الضفة"}, "بحثتُ في ما نُشر في صحيفة الضفة فقط."),
    ],
)
async def test_an_answer_from_a_part_says_from_which(stage: Stage, options: dict[str, str], told: str) -> None:
    reply = await ask(stage, "اسأل", options)
    assert not reply.is_ephemeral
    assert QUOTED in reply.text
    assert reply.text.index(f"السؤال: «{QUESTION}»") < reply.text.index(told) < reply.text.index(QUOTED)


@pytest.mark.parametrize(
    "options", [{"since": "أبريل 2026"}, {"until": "2025"}, {"outlet": "إذاعة الساحل"}, {"since": "2026-03-10"}]
)
async def test_what_is_out_of_scope_answers_nothing(stage: Stage, options: dict[str, str]) -> None:
    reply = await ask(stage, "ask", {"question": QUESTION} | options)
    assert QUOTED not in reply.text
    assert "بحثتُ في ما نُشر " in reply.text


async def test_where_nothing_is_in_scope_that_is_the_reason(stage: Stage) -> None:
    assert OUT_OF_SCOPE in (await ask(stage, "ask", {"question": QUESTION, "since": "2030"})).text


async def test_all_of_the_coverage_needs_no_words(stage: Stage) -> None:
    assert "بحثتُ" not in (await ask(stage, "ask", {"question": QUESTION})).text


async def test_a_follow_up_is_put_to_all_of_the_coverage(stage: Stage) -> None:
    scoped = await ask(stage, "ask", {"question": TRAM_QUESTION, "outlet": "إذاعة الساحل"})
    assert TRAM_QUOTED in scoped.text
    further = await stage.server.post_message("عام", "سارة", "<@bot> وماذا يربط؟", reply_to=scoped)
    reply = await stage.server.wait_for_reply(further)
    assert f"أكملتُ سؤالك من: «{TRAM_QUESTION}»" in reply.text
    assert "بحثتُ" not in reply.text


async def test_more_of_an_answer_from_a_part_is_from_that_part(stage: Stage) -> None:
    scoped = await ask(stage, "ask", {"question": TRAM_QUESTION, "outlet": "إذاعة الساحل"})
    pressed = await stage.server.press_button(scoped, "📚", "سارة")
    further = await stage.server.wait_for_reply(pressed)
    assert "بحثتُ في ما نُشر في إذاعة الساحل فقط." in further.text
    assert "صحيفة الضفة" not in further.text
