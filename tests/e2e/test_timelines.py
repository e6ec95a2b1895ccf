"""The story of a subject in order: by command and in a message, paged by its asker in place, and through a restart."""

from pathlib import Path

import pytest

from tests.discord_server import DiscordServer, Seen
from tests.e2e.buttons import ask, labels, press
from tests.e2e.program import Start
from tests.patience import eventually

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTION = "كيف تطورت قضية سدّ الوادي؟"
NEWS = (
    ("2025-01-10", "صحيفة الضفة", "ظهرت تشققات في جدار سدّ الوادي بعد أمطار غزيرة هطلت ليلاً."),
    ("2025-01-14", "إذاعة الساحل", "قررت وزارة الأشغال خفض الماء خلف سدّ الوادي إلى النصف."),
    ("2025-02-02", "صحيفة الضفة", "وصل خبراء من العاصمة إلى سدّ الوادي لفحص أساساته الحجرية."),
    ("2025-03-20", "إذاعة الساحل", "بدأت شركة محلية ترميم سدّ الوادي بكلفة سبعة ملايين دينار."),
    ("2025-06-01", "صحيفة الضفة", "تأخر ترميم سدّ الوادي شهرين لأن الإسمنت لم يصل من الميناء."),
    ("2025-09-15", "إذاعة الساحل", "انتهى العمل في سدّ الوادي واحتفل سكان القرى القريبة بعودة المياه."),
    ("2025-10-03", "صحيفة الضفة", "افتتح الوزير الطريق الجديدة فوق سدّ الوادي بحضور المهندسين."),
)
TITLES = [f"سدّ الوادي: الخبر {number}" for number in range(1, 8)]


def write_story(corpus: Path) -> None:
    for number, (day, outlet, words) in enumerate(NEWS):
        head = (
            f'title: "{TITLES[number]}"\noutlet: "{outlet}"\nurl: "https://news.example/dam{number}"\npublished: {day}'
        )
        (corpus / f"dam{number}.md").write_text(f"---\n{head}\n---\n\n{words}\n", encoding="utf-8")


async def turn(server: DiscordServer, page: Seen, button: str, author: str = "سارة") -> Seen:
    await server.press_button(page, button, author)
    return await server.wait_for_edit(page)


async def call(server: DiscordServer, name: str, options: dict[str, str]) -> Seen:
    asked = await server.run_command(name, options, author="سارة", channel="عام")
    return await server.wait_for_reply(asked)


def told(page: Seen) -> list[str]:
    """Return the titles of a page in order."""
    return sorted((title for title in TITLES if f"[{title}]" in page.text), key=page.text.index)


async def test_a_story_is_paged_in_place_by_its_asker_and_beside_it_by_others(
    server: DiscordServer, start: Start, corpus: Path
) -> None:
    write_story(corpus)
    program = await start()
    first = await ask(server, question=QUESTION)
    assert "7 اقتباسات بين 10 يناير 2025 و3 أكتوبر 2025" in first.text
    assert told(first) == TITLES[:3]
    assert labels(first) == ["السياق", "نسخ", "🗑️", "◀️", "▶️", "👍", "👎", "🔖"]
    second = await turn(server, first, "◀️")
    assert told(second) == TITLES[3:6]
    assert second.reply_to == first.reply_to

    beside = await press(server, second, "◀️", author="ليلى")
    assert f"السؤال: «{QUESTION}»" in beside.text
    assert told(beside) == TITLES[6:]
    assert labels(beside) == ["السياق", "نسخ", "◀️", "▶️"]

    assert await program.stop() == 0, program.log
    program = await start()
    assert told(await turn(server, beside, "▶️", author="ليلى")) == TITLES[3:6]
    last = await turn(server, second, "◀️")
    assert told(last) == TITLES[6:]
    context = await press(server, last, "السياق")
    assert NEWS[6][2] in context.text
    assert NEWS[0][2] not in context.text
    assert "شكراً لك" in (await press(server, last, "👍", author="ليلى")).text
    for number in range(1, len(NEWS)):
        # As many articles as before, for a smaller coverage would be held back.
        text = f"---\ntitle: عدد الجريدة {number}\n---\n\nصدر العدد رقم {number} من الجريدة المسائية.\n"
        (corpus / f"dam{number}.md").write_text(text, encoding="utf-8")
    assert await program.stop() == 0, program.log
    program = await start()
    # What served before the restart answers until the folder has been read.
    await eventually(lambda: "Reload by the bot itself" in program.log, "the articles of the folder")
    assert "تغيّرت المقالات" in (await press(server, last, "▶️")).text


@pytest.mark.parametrize("names", [("تسلسل", "موضوع", "منذ"), ("timeline", "topic", "since")])
async def test_a_command_tells_the_story_of_a_topic_in_a_scope(
    server: DiscordServer, start: Start, corpus: Path, names: tuple[str, str, str]
) -> None:
    name, topic, since = names
    write_story(corpus)
    await start()
    first = await call(server, name, {topic: "سدّ الوادي", since: "فبراير 2025"})
    assert not first.is_ephemeral
    assert "السؤال: «تسلسل أحداث سدّ الوادي»" in first.text
    assert "بحثتُ في ما نُشر منذ 1 فبراير 2025 فقط." in first.text
    assert told(first) == TITLES[2:5]
    second = await turn(server, first, "◀️")
    assert "السؤال: «تسلسل أحداث سدّ الوادي»" in second.text
    assert told(second) == TITLES[5:]
    assert "لم أفهم التاريخ" in (await call(server, name, {topic: "سدّ الوادي", since: "قريبا"})).text
    refused = await call(server, name, {topic: "البراكين"})
    assert "لم أجد في المقالات: «البراكين»" in refused.text


async def test_the_story_of_an_answer_is_told_in_reply_to_it(server: DiscordServer, start: Start, corpus: Path) -> None:
    write_story(corpus)
    await start()
    answer = await ask(server, question="ما آخر أخبار سدّ الوادي؟")
    asked = await server.post_message("عام", "سارة", "وكيف تطورت القضية من البداية؟", reply_to=answer)
    first = await server.wait_for_reply(asked)
    assert "أكملتُ سؤالك من: «ما آخر أخبار سدّ الوادي؟»" in first.text
    assert told(first) == TITLES[:3]
    assert told(await turn(server, first, "◀️")) == TITLES[3:6]


async def test_a_story_is_told_and_turned_in_a_direct_message(
    server: DiscordServer, start: Start, corpus: Path
) -> None:
    write_story(corpus)
    await start()
    first = await ask(server, "سارة", "شلون تطورت سالفة سدّ الوادي من البداية؟")
    assert told(first) == TITLES[:3]
    assert told(await turn(server, await turn(server, first, "◀️"), "◀️")) == TITLES[6:]


async def test_a_story_of_one_day_is_no_timeline(server: DiscordServer, start: Start) -> None:
    await start()
    shown = await call(server, "timeline", {"topic": "خط الترام الجديد"})
    assert "لا تسلسل هنا، فكل ما وجدته عن هذا نُشر في يوم واحد، 2 أبريل 2026:" in shown.text
    assert "◀️" not in labels(shown)
