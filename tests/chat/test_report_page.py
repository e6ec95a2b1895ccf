from dataclasses import replace

import pytest

from bot.chat.buttons.vote import Vote
from bot.chat.report_page import UNANSWERED, UNHELPFUL, ReportPage, question_line, refused_line, vote_line
from bot.texts import Texts
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, refusal

URL = "https://discord.com/channels/1/2/3"


def vote(*titles: str) -> Vote:
    return Vote(None, helpful=False, titles=titles, public_in=1, url=URL)


def test_lines_stand_under_their_headings() -> None:
    page = ReportPage(ARABIC)
    page.add(UNHELPFUL, vote_line(vote("افتتاح المكتبة", "News"), ARABIC))
    page.add(UNANSWERED, question_line("متى افتتح المتحف؟", ARABIC))
    assert lines(page.card()) == [
        "ما لم تكفِ له التغطية",
        "**أسئلة بلا جواب**",
        "السؤال: «متى افتتح المتحف؟»",
        "**أجوبة قيل إنها لم تُفِد**",
        f"جواب من: «افتتاح المكتبة»، «\u2068News\u2069»، وهذا [الجواب]({URL}).",
    ]


def test_what_is_private_is_counted_under_its_heading() -> None:
    assert ReportPage(ARABIC).is_empty
    page = ReportPage(ARABIC)
    for heading in (UNANSWERED, UNHELPFUL, UNANSWERED):
        page.count(heading)
    page.add(UNANSWERED, "س")
    assert not page.is_empty
    assert lines(page.card())[1:] == [
        "**أسئلة بلا جواب**",
        "س",
        ARABIC("report.private", count=2),
        "**أجوبة قيل إنها لم تُفِد**",
        ARABIC("report.private_votes", count=1),
    ]


def test_a_question_that_leans_on_another_is_told_with_it() -> None:
    line = refused_line(replace(refusal(), question="ومن بناه؟", completed_from="متى افتتح المتحف؟"), ARABIC)
    assert line == "السؤال: «ومن بناه؟»، تتمةً لـ: «متى افتتح المتحف؟»"


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_what_finds_no_room_is_counted(texts: Texts) -> None:
    page = ReportPage(texts)
    page.add(UNHELPFUL, vote_line(vote("a" * 500, "ب" * 500, "c", "d"), texts))
    while not page.is_full:
        page.add(UNANSWERED, question_line("كلمة " * 20, texts))
    for _ in range(2):
        page.add(UNHELPFUL, "س")
    for heading in (UNANSWERED, UNHELPFUL):
        page.count(heading)
    card = page.card()
    assert within_limits(card)
    assert lines(card)[-1] == texts("report.left_out", count=3)


def test_nothing_in_a_question_does_anything() -> None:
    page = ReportPage(ARABIC)
    page.add(UNANSWERED, question_line("@everyone <@1>\n# عنوان [x](https://evil.example) \u202eعكس", ARABIC))
    text = lines(page.card())[-1]
    assert text.startswith("السؤال: «\u2068\\@everyone \\<\\@1\\> # عنوان \\[x\\](")
    assert "https\\:" in text
    assert "\u202e" not in text
