"""What members follow is told once a day, where they chose, over restarts and kills, until they end it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import Channel, DiscordServer, Permission, Seen
from tests.discord_server.faults import Faults
from tests.e2e.buttons import ask, labels, press
from tests.e2e.moderating import MODERATION, Run, gaps, reload, started
from tests.e2e.program import Program

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOLLOW, HERE, DIRECT = "🔖", ARABIC("button.bell_here"), ARABIC("button.bell_direct")
UNFOLLOW, TITLE = ARABIC("button.unfollow"), ARABIC("follow.title")
SUBJECT = "متحف البحر"
NEXT_DAY = {"PREPARED_DAY": "1"}


@pytest.fixture
def run(server: DiscordServer, corpus: Path, tmp_path: Path) -> Run:
    """Make what starts the program on the same corpus and records, as often as a test wants."""

    @asynccontextmanager
    async def start(**more: str) -> AsyncIterator[Program]:
        settings = {"CORPUS_CACHE": str(tmp_path / "cache"), "PREPARED_PACE": "0.01", "PREPARED_NEWS": "1"}
        moderation = {"DISCORD_MODERATOR_CHANNEL_ID": str(server.world.channel(MODERATION).id)}
        async with started(server, corpus, tmp_path / "log", **settings, **moderation, **more) as program:
            await server.wait_for_command("follow")
            yield program
        await server.until(lambda: not server.gateway.connected, what="a closed gateway")

    return start


def write(corpus: Path, name: str, text: str, title: str = "من أخبار المدينة") -> None:
    front = f'title: "{title}"\noutlet: "إذاعة الساحل"\nurl: "https://news.example/{name}"'
    day = datetime.now(UTC).date()
    (corpus / f"{name}.md").write_text(f"---\n{front}\npublished: {day}\n---\n\n{text}\n", encoding="utf-8")


async def follow(
    server: DiscordServer, place: Channel | str, subject: str | None = SUBJECT, author: str = "سارة"
) -> Seen:
    options = {"subject": subject} if subject else {}
    shown = await server.wait_for_reply(await server.run_command("follow", options, author=author, channel=place))
    assert shown.is_ephemeral
    return shown


async def choose(server: DiscordServer, choice: Seen, place: str, author: str = "سارة") -> Seen:
    await server.press_button(choice, place, author)
    return await server.wait_for_edit(choice)


def told(server: DiscordServer, place: Channel) -> list[Seen]:
    return [seen for seen in server.messages(place) if TITLE in seen.text]


async def expect_told(server: DiscordServer, place: Channel, count: int) -> Seen:
    """Wait until so many cards have been sent, and no more, and return the last."""
    await server.until(lambda: len(told(server, place)) >= count, what=f"{count} cards")
    await asyncio.sleep(0.3)
    assert len(told(server, place)) == count
    return told(server, place)[-1]


async def test_news_is_told_once_in_the_channel_then_on_the_next_day_until_it_is_ended(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    place = server.world.channel("عام")
    async with run():
        choice = await follow(server, place)
        assert f"الموضوع: «{SUBJECT}»" in choice.text
        assert labels(choice) == [HERE, DIRECT]
        assert "سأخبرك هنا بما يجدّ عن «متحف البحر»." in (await choose(server, choice, HERE)).text
        write(corpus, "near", "يستضيف متحف الفن الحديث هذا العام لوحات كثيرة عن البحر رسمها تلاميذ المدينة.")
        await reload(server)
        write(corpus, "museum", "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء أمام الزوار.")
        await reload(server)
        card = await expect_told(server, place, 1)
        assert "افتتح متحف البحر أبوابه" in card.text
        assert "متحف الفن" not in card.text
        assert "https://news.example/museum" in card.text
        assert card.pinged.users == ("سارة",)
        assert labels(card) == [ARABIC("button.context"), UNFOLLOW]
        write(corpus, "ship", "يعرض متحف البحر منذ أمس سفينة خشبية عمرها ثلاثة قرون أمام الزوار.")
        await reload(server)
        # Behind the reload of another, all that it brought has been looked through.
        write(corpus, "tower", "أغلقت البلدية برج الساعة أمام الزوار حتى نهاية شهر الصيانة هذا.")
        await reload(server)
        assert "متحف البحر" not in await gaps(server)
        await expect_told(server, place, 1)
    async with run(**NEXT_DAY):
        card = await expect_told(server, place, 2)
        assert "سفينة خشبية" in card.text
        assert "افتتح متحف البحر" not in card.text
        assert "ولا يتصرّف فيها غيره" in (await press(server, card, UNFOLLOW, "ليلى")).text
        assert "لن أخبرك بجديد هذا الموضوع" in (await press(server, card, UNFOLLOW)).text
        write(corpus, "guide", "قال مدير متحف البحر إن الزيارة مجانية لتلاميذ المدارس كلهم.")
        await reload(server)
        await expect_told(server, place, 2)
        assert ARABIC("follow.nothing")[:20] in (await follow(server, place, None)).text
    assert not [seen for seen in server.messages(server.world.channel(MODERATION)) if SUBJECT in seen.text]


async def test_a_changed_article_is_news_where_its_new_paragraph_names_the_subject(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    place = server.world.channel("عام")
    first = "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء أمام الزوار."
    async with run():
        write(corpus, "museum", first)
        await reload(server)
        await choose(server, await follow(server, place), HERE)
        write(corpus, "museum", f"{first}\n\nوحضر الحفل مئات من سكان المدينة وضيوفها القادمين من القرى.")
        await reload(server)
        write(corpus, "museum", f"{first}\n\nوقال مدير متحف البحر إن الدخول مجاني في أول أسبوعين للجميع.")
        await reload(server)
        card = await expect_told(server, place, 1)
        assert "الدخول مجاني" in card.text
        assert "افتتح متحف البحر" not in card.text


@pytest.mark.parametrize("direct", [False, True], ids=["channel", "direct"])
async def test_a_card_is_corrected_when_what_it_quotes_is_changed_or_withdrawn(
    server: DiscordServer, corpus: Path, run: Run, *, direct: bool
) -> None:
    place = server.direct_channel("سارة") if direct else server.world.channel("عام")
    texts = (
        "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء أمام الزوار.",
        "يعرض متحف البحر سفينة خشبية عمرها ثلاثة قرون وجدها الصيادون.",
    )
    async with run() as program:
        await choose(server, await follow(server, "عام"), DIRECT if direct else HERE)
        for number, text in enumerate(texts):
            write(corpus, f"museum{number}", text)
        await reload(server)
        card = await expect_told(server, place, 1)
        assert all(f"> {text}" in card.text for text in texts)
        program.signal(signal.SIGKILL)
        await program.exit_code()
    async with run():
        write(corpus, "museum0", texts[0].replace("الثلاثاء", "الأربعاء"))
        (corpus / "museum1.md").unlink()
        await reload(server)
        await server.until(lambda: told(server, place)[0].edits > card.edits, what="a correction")
        [shown] = told(server, place)
        assert f"> {texts[0].replace('الثلاثاء', 'الأربعاء')}" in shown.text
        assert "لم تعد هذه المقالة بين المقالات" in shown.text
        assert not any(text in shown.text for text in texts)
        assert (shown.edits, labels(shown)) == (card.edits + 1, labels(card))
        assert "الأربعاء" in (await press(server, shown, ARABIC("button.context"))).text


async def test_what_an_answer_is_about_is_followed_directly_and_forgotten_with_the_member(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    direct = server.direct_channel("سارة")
    async with run():
        answer = await ask(server, question="ما الجديد عن المكتبة العامة؟")
        choice = await press(server, answer, FOLLOW)
        assert "سأراسلك" in (await choose(server, choice, DIRECT)).text
        assert any("سأراسلك" in seen.text for seen in server.messages(direct))
        write(corpus, "night", "تفتح المكتبة العامة أبوابها ليلاً أمام الطلاب طوال شهر الامتحانات.")
        await reload(server)
        card = await expect_told(server, direct, 1)
        assert "أمام الطلاب" in card.text
        assert not card.pinged
        kept = await server.wait_for_reply(await server.run_command("privacy", author="سارة", channel="عام"))
        assert "تتابع موضوعاً واحداً" in kept.text
        assert "المكتبة العامة" in kept.text
        await server.press_button(kept, ARABIC("privacy.erase"), "سارة")
        sure = await server.wait_for_edit(kept)
        assert "ما تتابعه: 1" in sure.text
        await server.press_button(sure, ARABIC("privacy.erase_all"), "سارة")
        assert "المتابعات: 1" in (await server.wait_for_edit(sure)).text
    async with run(**NEXT_DAY):
        write(corpus, "books", "أهدت أسرة الشاعر المكتبة العامة خمسة آلاف كتاب نادر قبل أيام.")
        await reload(server)
        await expect_told(server, direct, 1)
    assert not told(server, server.world.channel("عام"))


async def test_what_came_while_the_bot_was_away_is_told_at_the_start(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    place = server.world.channel("عام")
    async with run(PREPARED_FILES="1"):
        await choose(server, await follow(server, place), HERE)
    write(corpus, "museum", "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء أمام الزوار.")
    async with run(PREPARED_FILES="1"):
        assert "افتتح متحف البحر" in (await expect_told(server, place, 1)).text


@pytest.mark.parametrize("is_sent", [True, False])
async def test_a_kill_between_the_card_and_its_mark_neither_doubles_nor_loses_it(
    server: DiscordServer, corpus: Path, run: Run, is_sent: bool
) -> None:
    place = server.world.channel("عام")
    async with run() as program:
        await choose(server, await follow(server, place), HERE)
        write(corpus, "museum", "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء أمام الزوار.")
        # The bot never hears that it arrived.
        server.faults.add("POST", f"/channels/{place.id}/messages", Faults.cut(applied=is_sent), times=100)
        await reload(server)
        await server.until(lambda: server.faults.to_come < 100, what="a card")
        program.signal(signal.SIGKILL)
        await program.exit_code()
    server.faults.clear()
    assert len(told(server, place)) == is_sent
    async with run():
        await expect_told(server, place, 1)
        write(corpus, "museum", "افتتح متحف البحر أبوابه في الميناء القديم يوم الأربعاء أمام الزوار.")
        await reload(server)
        await server.until(lambda: "يوم الأربعاء" in told(server, place)[0].text, what="a correction")


async def test_what_is_followed_in_private_is_told_there_alone(server: DiscordServer, corpus: Path, run: Run) -> None:
    world = server.world
    thread = world.add_private_thread(world.channel("عام"), "خاص", world.user("سارة"), world.bot)
    server.platform.announcer.thread_created(thread)
    direct = server.direct_channel("ليلى")
    async with run():
        await choose(server, await follow(server, thread), HERE)
        begun = await follow(server, direct, author="ليلى")
        assert "سأراسلك" in begun.text
        write(corpus, "museum", "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء أمام الزوار.")
        await reload(server)
        await expect_told(server, thread, 1)
        await expect_told(server, direct, 1)
    public = (world.channel("عام"), world.channel(MODERATION), server.direct_channel("سارة"))
    assert not [seen for place in public for seen in server.messages(place) if TITLE in seen.text]


async def test_where_the_channel_closes_it_is_told_directly(server: DiscordServer, corpus: Path, run: Run) -> None:
    place = server.world.channel("عام")
    async with run():
        await choose(server, await follow(server, place), HERE)
        await server.deny(place, Permission.SEND_MESSAGES)
        write(corpus, "museum", "افتتح متحف البحر أبوابه في الميناء القديم يوم الثلاثاء أمام الزوار.")
        await reload(server)
        await expect_told(server, server.direct_channel("سارة"), 1)
    assert not told(server, place)


async def test_who_takes_no_direct_messages_hears_that_at_once(server: DiscordServer, run: Run) -> None:
    async with run():
        choice = await follow(server, "عام")
        server.faults.add("POST", "/users/@me/channels", Faults.status(403), times=1)
        assert ARABIC("follow.closed_direct") in (await press(server, choice, DIRECT)).text
        assert "لا تتابع شيئاً" in (await follow(server, "عام", None)).text


async def test_ten_are_followed_and_the_same_subject_once(server: DiscordServer, run: Run) -> None:
    async with run():
        for number in range(10):
            await follow(server, server.direct_channel("سارة"), f"شارع رقم {number + 20}")
        await follow(server, server.direct_channel("سارة"), "ما الجديد عن شارع رقم 20؟")
        refused = await follow(server, server.direct_channel("سارة"), SUBJECT)
        assert "تتابع 10 مواضيع، وهذا أكثر ما أتابعه لعضو" in refused.text
        listed = await follow(server, "عام", None)
        assert len(labels(listed)) == 10
        await server.press_button(listed, labels(listed)[0], "سارة")
        assert len(labels(await server.wait_for_edit(listed))) == 9
        assert "لم أفهم ما تريد أن تتابعه" in (await follow(server, "عام", "شكراً")).text


async def test_a_digest_tells_what_came_since_the_last_one(server: DiscordServer, corpus: Path, run: Run) -> None:
    async def digest(author: str = "سارة") -> Seen:
        asked = await server.run_command("digest", author=author, channel="عام")
        shown = await server.wait_for_reply(asked)
        assert shown.is_ephemeral
        return shown

    async with run():
        assert "لم تصل أي مقالة في آخر أسبوع" in (await digest()).text
        for name in ("الأول", "الثاني"):
            write(corpus, name, "وقع ذلك أمس في المدينة وحضره كثير من السكان.", f"معرض الكتاب في يومه {name}")
        write(corpus, "rain", "هطلت أمطار غزيرة على الساحل ليلة أمس.", "أمطار على الساحل")
        await reload(server)
        first = await digest()
        assert "وصلت 3 مقالات" in first.text
        assert "إذاعة الساحل: 3" in first.text
        assert "معرض الكتاب (2)" in first.text
        assert "مواضيع أخرى (1)" in first.text
        assert "لم تصل أي مقالة منذ موجزك السابق" in (await digest()).text
        assert "وصلت 3 مقالات" in (await digest("ليلى")).text
    async with run():
        write(corpus, "race", "أقيم سباق الخيل أمام آلاف المتفرجين.", "سباق الخيل")
        await reload(server)
        again = await digest()
        assert "وصلت مقالة واحدة منذ موجزك السابق" in again.text
        assert "سباق الخيل" in again.text
