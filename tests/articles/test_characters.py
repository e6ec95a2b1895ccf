import pytest

from bot.articles.characters import one_line, unify_newlines


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_line_break_is_a_line_feed(newline: str) -> None:
    assert unify_newlines(f"سطر{newline}آخر") == "سطر\nآخر"


@pytest.mark.parametrize(
    "unseen",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x9f",
        "\u00ad",
        "\u061c",
        "\u200b",
        "\u200e",
        "\u200f",
        "\u202e",
        "\u2067",
        "\ufeff",
    ],
)
def test_unseen_characters_go(unseen: str) -> None:
    assert one_line(f"كل{unseen}مة") == "كلمة"


@pytest.mark.parametrize(
    "kept", ["می\u200cخواهم", "ه\u200d", "\u0600١٢", "مُدَرِّسَةٌ", "أيضــا", "e\u0301", "ﻼ", "👩\u200d🏫"]
)
def test_what_shapes_a_text_stays(kept: str) -> None:
    assert one_line(kept) == kept


def test_every_run_of_white_space_is_one_space() -> None:
    assert one_line("  واحد\u00a0\t اثنان\u2003ثلاثة\n") == "واحد اثنان ثلاثة"


def test_a_lone_surrogate_stays_visible_as_a_loss() -> None:
    assert one_line("كل\ud800مة").encode("utf-8").decode("utf-8") == "كل\ufffdمة"
