import pytest

from bot.articles.block import Block
from bot.articles.page_headline import headline_of, without_headline

TITLE = "سوق السمك ينتقل"
FULLER = f"{TITLE} إلى الرصيف الجديد"
SENTENCE = Block("ينتقل سوق السمك إلى الرصيف الجديد صباح السبت، بعد ستين عاماً.")


def test_a_line_above_the_text_may_be_fuller_than_the_title() -> None:
    assert headline_of(TITLE, [Block("محليات"), Block(FULLER), SENTENCE]) == FULLER


@pytest.mark.parametrize(
    ("title", "blocks"),
    [
        (TITLE, [SENTENCE, Block(FULLER)]),
        (TITLE, [Block(f"{FULLER}."), SENTENCE]),
        (TITLE, [Block(f"{TITLE} إلى الرصيف الجديد في رأس التين"), SENTENCE]),
        (TITLE, [Block(f"{TITLE}ون إلى الرصيف"), SENTENCE]),
        (TITLE, [Block(FULLER, heading=True), SENTENCE]),
        ("سوق السمك", [Block("سوق السمك الجديد"), SENTENCE]),
        (TITLE, [Block(TITLE)]),
        (TITLE, []),
    ],
    ids=["below", "sentence", "long", "other word", "heading", "short title", "same", "nothing"],
)
def test_else_the_title_stays(title: str, blocks: list[Block]) -> None:
    assert headline_of(title, blocks) == title


def test_the_title_is_no_paragraph_above_the_text_and_nowhere_a_heading() -> None:
    line, heading = Block(f"«{TITLE}»"), Block(TITLE, heading=True)
    blocks = [heading, line, Block("محليات"), SENTENCE, heading, line]
    assert list(without_headline(TITLE, blocks)) == [Block("محليات"), SENTENCE, line]
