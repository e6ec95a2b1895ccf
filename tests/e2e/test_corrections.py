"""Cards of answers are corrected once for each change of what they quote; a late answer that is none opens again."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.chat.samples import ARABIC
from tests.discord_server import DiscordServer, Seen
from tests.discord_server.faults import Faults
from tests.discord_server.seen import see
from tests.e2e.buttons import ask, call, labels, press
from tests.e2e.coverage import ARTICLES, MUSEUM, MUSEUM_QUESTION, MUSEUM_QUOTED, QUESTION, QUOTED, UNSUPPORTED_QUESTION
from tests.e2e.moderating import MODERATION, MODERATOR, Run, reload
from tests.e2e.test_late_answers import HERE, bring_article, expect_answer, expect_told, told, wait_at
from tests.e2e.test_threads import open_thread
from tests.e2e.test_timelines import QUESTION as STORY
from tests.e2e.test_timelines import turn, write_story

pytestmark = pytest.mark.asyncio(loop_scope="session")


CHANGED, GONE, CUT = "عُدّلت المقالة بعد هذه الرسالة", "لم تعد هذه المقالة بين المقالات", "ولم يعد فيها ما اقتبستُه"
REMOVED, REOPENED = "أزال المشرفون هذه المقالة", "عاد هذا السؤال بلا جواب"
CORRECTED = QUOTED.replace("صباح الأحد", "مساء الاثنين")
CUP = "---\ntitle: كأس العالم\n---\n\nفازت فرنسا بكأس العالم لكرة القدم عام 1998 على أرضها.\n"
ANCHOR = """---
title: "كنوز متحف البحر في الميناء القديم"
url: "https://news.example/anchor"
published: 2026-06-20
---

يعرض متحف البحر في الميناء القديم مرساة ضخمة من البرونز وخرائط رسمها بحارة المدينة قبل قرن.
"""
[LIBRARY] = [name for name, text in ARTICLES.items() if QUOTED in text]


def change(corpus: Path, old: str, new: str, name: str = LIBRARY) -> None:
    text = (corpus / name).read_text(encoding="utf-8")
    assert old in text
    (corpus / name).write_text(text.replace(old, new), encoding="utf-8")


def now(server: DiscordServer, card: Seen) -> Seen:
    return see(card.message, server.world)


async def corrected(server: DiscordServer, card: Seen, words: str, edits: int = 1) -> Seen:
    """Wait until a card has been edited so often, and says something."""

    def edited() -> Seen | None:
        shown = now(server, card)
        return shown if words in shown.text else None

    shown = await server.until(edited, what=f"a card with {words!r}")
    assert shown.edits == card.edits + edits
    assert not shown.pinged
    return shown


@pytest.mark.parametrize("way", [ask, call], ids=["message", "command"])
@pytest.mark.parametrize("place", ["عام", "سارة"], ids=["channel", "direct"])
async def test_a_changed_sentence_is_corrected_once_with_its_source(
    server: DiscordServer, corpus: Path, run: Run, way: Callable[..., object], place: str
) -> None:
    async with run():
        answer = await way(server, place, QUESTION)  # type: ignore[misc]
        buttons = labels(answer)
        change(corpus, QUOTED, CORRECTED)
        await reload(server)
        shown = await corrected(server, answer, CHANGED)
        assert f"> {CORRECTED}" in shown.text
        assert QUOTED not in shown.text
        assert "المصدر:" in shown.text
        assert labels(shown) == buttons
        assert CORRECTED in (await press(server, shown, "السياق")).text
    async with run():
        await reload(server)
        change(corpus, CORRECTED, CORRECTED.replace("العامة", "الكبرى العامة"))
        await reload(server)
        again = await corrected(server, shown, "الكبرى العامة")
        assert again.text.count(CHANGED) == 1


async def test_of_a_story_the_page_that_is_shown_is_corrected(server: DiscordServer, corpus: Path, run: Run) -> None:
    write_story(corpus)
    async with run():
        first = await ask(server, question=STORY)
        second = await turn(server, first, "◀️")
        change(corpus, "سبعة ملايين", "تسعة ملايين", "dam3.md")
        await reload(server)
        shown = await corrected(server, second, CHANGED)
        assert "بكلفة تسعة ملايين دينار" in shown.text
        assert "سبعة ملايين" not in shown.text


async def test_a_card_in_a_thread_that_was_archived_is_corrected_and_in_one_that_was_locked_once_it_is_open(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        threads = [open_thread(server, "عام", name) for name in ("المكتبة", "قاعة الأطفال")]
        locked, archived = [
            await server.wait_for_reply(await server.post_message(thread, "سارة", f"<@bot> {QUESTION}"))
            for thread in threads
        ]
        await server.lock_thread(threads[0])
        await server.archive_thread(threads[1])
        change(corpus, QUOTED, CORRECTED)
        await reload(server)
        await corrected(server, archived, CHANGED)
        assert now(server, locked).edits == locked.edits
    await server.lock_thread(threads[0], locked=False)
    async with run():
        await corrected(server, locked, CHANGED)


async def test_what_is_changed_elsewhere_or_rolled_back_edits_nothing(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    bring_article(corpus)
    async with run():
        # The newest card comes first, so that this one is corrected behind the other was looked at.
        older, answer = await ask(server, question=MUSEUM_QUESTION), await ask(server)
        (corpus / LIBRARY).write_text(f"{ARTICLES[LIBRARY].rstrip()}\n\nوحضر الافتتاح جمهور كبير.\n", encoding="utf-8")
        change(corpus, "ثلاثة قرون", "أربعة قرون", "museum.md")
        await reload(server)
        older = await corrected(server, older, "أربعة قرون")
        assert now(server, answer).edits == answer.edits
        change(corpus, QUOTED, CORRECTED)
        await reload(server)
        shown = await corrected(server, answer, CHANGED)
        back = await server.run_command("corpus rollback", author=MODERATOR, channel="عام")
        assert "عدتُ إلى تغطية سابقة" in (await server.wait_for_reply(back)).text
        change(corpus, "أربعة قرون", "خمسة قرون", "museum.md")
        await reload(server)
        await corrected(server, older, "خمسة قرون")
        assert now(server, answer).edits == shown.edits


async def test_moderators_are_shown_all_that_changed_though_nobody_reloads(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    channel = str(server.world.channel(MODERATION).id)
    async with run():
        pass
    change(corpus, QUOTED, CORRECTED)
    change(corpus, "الإعارة مجانية", "الإعارة بدينار واحد")
    change(corpus, "افتتاح المكتبة", "تصحيح: افتتاح المكتبة")
    async with run(DISCORD_MODERATOR_CHANNEL_ID=channel):
        [card] = await server.until(
            lambda: [one for one in server.messages(MODERATION) if CORRECTED in one.text], what="a card of the changes"
        )
        [file] = card.message.files.values()
        assert all(words in file.decode() for words in (CORRECTED, "الإعارة بدينار واحد", "تصحيح: افتتاح المكتبة"))


async def test_an_article_that_went_takes_its_quotes_along(server: DiscordServer, corpus: Path, run: Run) -> None:
    bring_article(corpus)
    async with run():
        library, museum = await ask(server), await ask(server, question=MUSEUM_QUESTION)
        (corpus / LIBRARY).unlink()
        await reload(server)
        gone = await corrected(server, library, GONE)
        assert QUOTED not in gone.text
        assert labels(gone) == [label for label in labels(library) if label not in {"السياق", "نسخ"}]
        assert "شكراً" in (await press(server, gone, "👍")).text
        removal = await server.run_command(
            "corpus remove", {"title": "متحف البحر يفتح أبوابه في الميناء القديم"}, author=MODERATOR, channel="عام"
        )
        await server.wait_for_reply(removal)
        removed = await corrected(server, museum, REMOVED)
        assert MUSEUM_QUOTED not in removed.text
        assert now(server, library).edits == gone.edits


async def test_who_asked_opens_a_late_answer_again_and_the_same_passage_is_not_shown_twice(
    server: DiscordServer, corpus: Path, run: Run
) -> None:
    async with run():
        older, refusal = await ask(server, question=UNSUPPORTED_QUESTION), await ask(server, question=MUSEUM_QUESTION)
        await wait_at(server, refusal, HERE)
        bring_article(corpus)
        await reload(server)
        answer = await expect_answer(server, refusal)
        await expect_told(server, answer, "عام")
        await press(server, answer, "👎", "ليلى")
        await press(server, answer, "👎")
        reopened = await corrected(server, answer, REOPENED)
        assert "قال صاحب السؤال إنه لا يجيب عنه" in reopened.text
        assert MUSEUM_QUOTED not in reopened.text
        assert labels(reopened) == labels(refusal)[-2:]
        assert "أنت تنتظر جواب هذا السؤال" in (await press(server, reopened, ARABIC("button.bell"))).text
    async with run():
        # What is changed beside the words that were shown makes them no other answer.
        (corpus / "museum.md").write_text(f"{MUSEUM}\nوحضر الافتتاح جمهور كبير.\n", encoding="utf-8")
        (corpus / "cup.md").write_text(CUP, encoding="utf-8")
        await reload(server)
        await corrected(server, older, "فازت فرنسا")
        assert now(server, reopened).edits == reopened.edits
        (corpus / "anchor.md").write_text(ANCHOR, encoding="utf-8")
        await reload(server)
        again = await server.until(
            lambda: shown if "مرساة ضخمة" in (shown := now(server, reopened)).text else None, what="another answer"
        )
        await server.until(lambda: len(told(server, "عام")) == 2 or None, what="a second message")
        assert again.edits == reopened.edits + 1


async def test_a_late_answer_whose_article_went_opens_again(server: DiscordServer, corpus: Path, run: Run) -> None:
    async with run():
        refusal = await ask(server, question=MUSEUM_QUESTION)
        await wait_at(server, refusal, HERE)
        bring_article(corpus)
        await reload(server)
        answer = await expect_answer(server, refusal)
        await expect_told(server, answer, "عام")
        (corpus / "museum.md").unlink()
        await reload(server)
        reopened = await corrected(server, answer, REOPENED)
        assert GONE in reopened.text
        assert MUSEUM_QUOTED not in reopened.text
        gaps = await server.run_command("corpus gaps", author=MODERATOR, channel="عام")
        assert MUSEUM_QUESTION in (await server.wait_for_reply(gaps)).text


async def test_who_asks_in_another_language_is_told_in_it(server: DiscordServer, corpus: Path, run: Run) -> None:
    english = "What does the museum of the sea show in the old port?"
    async with run():
        for question, bell, place in (
            (english, "Tell me when there is an answer", "In private"),
            (MUSEUM_QUESTION, ARABIC("button.bell"), ARABIC("button.bell_direct")),
        ):
            refusal = await ask(server, question=question)
            choice = await press(server, refusal, bell)
            await server.press_button(choice, place, "سارة")
            await server.wait_for_edit(choice)
        bring_article(corpus)
        await reload(server)
        direct = server.direct_channel("سارة")
        await server.until(lambda: server.messages(direct) or None, what="what is told")
        [message] = server.messages(direct)
        assert "The question you were waiting on has an answer:" in message.text
        assert "وصل جواب السؤال الذي كنت تنتظره:" in message.text


@pytest.mark.parametrize("arrives", [False, True], ids=["before the edit", "behind the edit"])
async def test_over_a_kill_a_card_is_corrected_once(
    server: DiscordServer, corpus: Path, run: Run, *, arrives: bool
) -> None:
    bring_article(corpus)
    async with run() as program:
        older, answer = await ask(server, question=MUSEUM_QUESTION), await ask(server)
        change(corpus, QUOTED, CORRECTED)
        path = f"/channels/{answer.message.channel_id}/messages/{answer.id}"
        server.faults.add("PATCH", path, Faults.cut(applied=arrives))
        server.faults.add("PATCH", path, Faults.status(503), times=1000)
        await reload(server)
        await server.until(
            lambda: any((each.method, each.path, each.status) == ("PATCH", path, 503) for each in server.requests),
            what="a second try",
        )
        program.signal(signal.SIGKILL)
        await program.exit_code()
    server.faults.clear()
    async with run():
        await corrected(server, answer, CHANGED)
        change(corpus, "ثلاثة قرون", "أربعة قرون", "museum.md")
        await reload(server)
        await corrected(server, older, "أربعة قرون")
        assert now(server, answer).edits == answer.edits + 1
