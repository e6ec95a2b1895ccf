import pytest

from bot.articles.article import Block
from bot.articles.html.prose import drop_fragments

LONG = "وقالت رئيسة البلدية إن الجسر كلف مليوناً"


def kept(*texts: str) -> list[str]:
    return [block.text for block in drop_fragments(map(Block, texts))]


def test_each_answer_of_an_interview_stays_under_its_question() -> None:
    talk = ["متى بدأ العمل؟", "قبل عامين.", "كم كلّف؟", "اثنا عشر مليوناً.", "هل انتهى؟", "نعم", "«ومتى؟»", "غداً"]
    assert kept(*talk) == talk


def test_a_heading_may_ask() -> None:
    blocks = [Block("كم كلّف الجسر؟", heading=True), Block("مليوناً")]
    assert list(drop_fragments(blocks)) == blocks


@pytest.mark.parametrize("short", ["مستحيل.", "انتهى!", "«لن نرحل»", "وأضاف:", "(يضحك.)", "يا للأسف…"])
def test_what_ends_a_sentence_stays(short: str) -> None:
    assert kept(LONG, short, LONG) == [LONG, short, LONG]


@pytest.mark.parametrize("fragment", ["12", "تفضيل", "1.", "حجم الخط", "***"])
def test_buttons_and_counters_go(fragment: str) -> None:
    assert kept(LONG, fragment, LONG) == [LONG, LONG]


def test_headings_and_items_stay() -> None:
    blocks = [Block("الأسعار", heading=True), Block("قمح", item=True)]
    assert list(drop_fragments(blocks)) == blocks
