import codecs
import random
from collections.abc import Callable

import pytest

from bot.articles import RejectionReason
from bot.articles.article import ArticleError
from bot.articles.characters import decode, one_line, unify_newlines


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


SHORT = "مرصد الجبل يغلق"
LONG = (
    "أعلن مدير المرصد أن القبة القديمة ستُغلق أمام الزوار حتى نهاية الشتاء.\n"
    "وقال إن المرآة الرئيسية، التي صُنعت قبل أربعين عامًا، تحتاج إلى طلاء جديد؛ فهل تكفي الميزانية؟\n"
) * 20
FRENCH = "Le théâtre a rouvert ses portes à l'été, après des années de travaux où rien n'avançait."


@pytest.mark.parametrize("text", [SHORT, LONG])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859_6"],
)
def test_arabic_in_every_plausible_encoding(text: str, encoding: str) -> None:
    text = "".join(character for character in text if character in text.encode(encoding, "ignore").decode(encoding))
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_big_endian_with_its_mark(encoding: str, mark: bytes) -> None:
    if mark.startswith(b"\x00") == (encoding == "utf-32"):
        assert decode(mark + SHORT.encode(f"{encoding}-be")) == SHORT


def test_french_in_the_arabic_code_page() -> None:
    assert decode(FRENCH.encode("cp1256")) == FRENCH


def test_the_shortest_titles_in_the_older_encoding() -> None:
    for title in ["حفل في الحديقة", "المطر يعود", "سفينة وقارب"]:
        assert decode(title.encode("iso8859_6")) == title


def test_another_script_is_not_read_as_arabic() -> None:
    russian = "Обсерватория закрывается до конца зимы, сообщил директор.".encode("cp1251")
    assert reason_of(lambda: decode(russian)) is RejectionReason.ENCODING


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    data = LONG.encode()
    text = decode(data[:301] + b"\xff" + data[301:-1])
    assert text.count("\ufffd") in range(1, 5)
    assert "المرآة الرئيسية" in text


def test_a_nul_in_a_text_is_not_a_binary() -> None:
    assert decode(LONG.replace("المرصد", "المر\x00صد", 1).encode()).count("\x00") == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"PK\x03\x04" + SHORT.encode(),
        b"\x7fELF\x02\x01\x01" + bytes(200),
        b"%PDF-1.7\n" + LONG.encode(),
        random.Random(7).randbytes(20_000),  # noqa: S311 - a fixed sample, no secret
        bytes(5000),
    ],
    ids=["png", "zip", "elf", "pdf", "random", "zeros"],
)
def test_binaries_are_named_so(data: bytes) -> None:
    assert reason_of(lambda: decode(data)) is RejectionReason.BINARY


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", b"\x80\x81\xfe\xff" * 3 + b"!?" * 40])
def test_bytes_in_no_encoding_are_rejected(data: bytes) -> None:
    assert reason_of(lambda: decode(data)) in {RejectionReason.ENCODING, RejectionReason.BINARY}


def reason_of(action: Callable[[], object]) -> RejectionReason:
    with pytest.raises(ArticleError) as caught:
        action()
    return caught.value.reason
