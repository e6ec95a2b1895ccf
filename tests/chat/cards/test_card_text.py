import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Span, sentences
from bot.chat.cards.card_text import LONGEST_URL, fit, inline, inline_value, isolate, link, size, unescape_markdown
from bot.chat.cards.quote_text import fit_list, fit_quote
from tests.chat.samples import ARABIC


@given(st.text(max_size=60), st.integers(2, 40))
def test_what_fits_is_a_beginning_of_the_text(text: str, room: int) -> None:
    fitted = fit(text, room)
    assert size(fitted) <= room
    shown = unescape_markdown(fitted)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_a_mark_is_not_parted_from_its_letter() -> None:
    cut = fit("عربيّةٌ" * 20, 30)
    rest = ("عربيّةٌ" * 20)[len(cut) - 1 :]
    assert not unicodedata.combining(rest[0])


def test_text_is_measured_in_utf16_units() -> None:
    assert size("😀") == 2


def test_only_letters_of_the_other_direction_are_isolated() -> None:
    assert isolate("صحيفة 2026", "ar") == "صحيفة 2026"
    assert isolate("BBC", "ar") == "\u2068BBC\u2069"
    assert isolate("BBC", "en") == "BBC"
    assert isolate("Booktown تفتح مكتبة", "ar") == "\u2067Booktown تفتح مكتبة\u2069"
    assert isolate("صحيفة", "en") == "\u2068صحيفة\u2069"


@given(st.text(min_size=1), st.integers(10, 100))
def test_a_name_is_one_line_within_its_room(text: str, room: int) -> None:
    assert size(inline(text, room, "ar")) <= room
    assert "\n" not in inline(text, room, "ar")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("https://news.example/خبر", "https://news.example/خبر"),
        ("https://news.example/a b(c)", "https://news.example/a%20b%28c%29"),
        ("https://news.example/a_b", "https://news.example/a%5Fb"),
        ("https://news.example/\u202ea\u2060b\u200d", "https://news.example/%E2%80%AEa%E2%81%A0b%E2%80%8D"),
    ],
)
def test_an_address_is_made_safe_inside_a_link(url: str, expected: str) -> None:
    assert link("عنوان", url, 50, "ar") == f"[عنوان]({expected})"


def test_the_place_in_a_page_stays_readable_and_goes_where_the_address_is_too_long() -> None:
    page, place = "https://news.example/~a", "#:~:text=%D8%A3,b~)c"
    assert link("عنوان", page + place, 50, "ar") == "[عنوان](https://news.example/%7Ea#:~:text=%D8%A3,b%7E%29c)"
    plain = "https://news.example/a?b=c"
    assert link("عنوان", plain + place, 50, "ar") == f"[عنوان]({plain}#:~:text=%D8%A3,b%7E%29c)"
    long = f"https://news.example/{'x' * (LONGEST_URL - 30)}"
    assert link("عنوان", long + place, 50, "ar") == f"[عنوان]({long})"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "http://[::x",
        "https://news\ufeff.example",
        "",
        "https://news.example/" + "x" * LONGEST_URL,
    ],
)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert link("عنوان", url, 50, "ar") == "عنوان"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Path("/srv/secret/articles"), "articles"),
        (Path("articles.jsonl"), "articles.jsonl"),
        (Path(), Path.cwd().name),
        (Path("/"), "/"),
        ("https://host.example/a/b.zip#c", "https\\://host.example/a/b.zip#c"),
        (3, "3"),
    ],
)
def test_of_a_path_of_this_machine_its_last_part_is_shown(value: object, expected: str) -> None:
    assert inline_value(value, 100, "en") == expected


def test_brackets_in_a_title_do_not_end_the_link() -> None:
    assert (
        link("تقرير [خاص] ](x)", "https://news.example", 60, "ar")
        == "[\u2068تقرير (خاص) )(x)\u2069](https://news.example)"
    )


def test_a_list_says_how_many_more_there_are() -> None:
    lines = [f"سطر {number}" for number in range(1000)]
    shown = fit_list(lines, ARABIC, 200).split("\n")
    assert shown[:-1] == lines[: len(shown) - 1]
    assert shown[-1] == ARABIC("list.more", count=1000 - len(shown) + 1)


def test_a_line_too_long_for_its_place_is_counted() -> None:
    assert fit_list(["x" * 5000], ARABIC, 850) == ARABIC("list.more", count=1)


SENTENCES = st.lists(
    st.sampled_from(["وصل القطار متأخرا.", "قال *الوزير*: نعم!", "ثم عاد الجميع إلى بيوتهم.", "هل عادوا؟"]), min_size=1
)


@given(SENTENCES, st.integers(60, 400), st.data())
def test_a_quote_is_cut_between_sentences_and_keeps_the_one_that_is_marked(
    told: list[str], room: int, data: st.DataObject
) -> None:
    text = " ".join(told)
    marked = data.draw(st.sampled_from(sentences(text)))
    shown, is_cut = fit_quote(text, room, [Span(marked.start, marked.end - 1)])
    plain = unescape_markdown(shown.removeprefix("> "))
    assert size(shown) <= room
    assert is_cut == (plain != text)
    assert plain in text
    assert text[marked.start : marked.end] in plain
    assert plain.endswith((".", "!", "؟"))


@given(st.lists(st.text("ابتثa1*", min_size=1, max_size=12), min_size=1, max_size=80), st.integers(40, 120))
def test_a_sentence_that_is_too_long_is_cut_between_words(written: list[str], room: int) -> None:
    text = " ".join(written)
    shown, _ = fit_quote(text, room)
    plain = unescape_markdown(shown.removeprefix("> ")).translate(dict.fromkeys(range(0x2066, 0x206A)))
    assert size(shown) <= room
    assert written[: len(plain.split())] == plain.split()
