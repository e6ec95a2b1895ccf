from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, Paragraph
from bot.chat.cards.card import Card
from bot.chat.chat_errors import ReplyError
from bot.chat.moderation.addition_drafts import Draft, Drafts
from bot.chat.moderation.addition_form import NEW_FORM, AdditionWords, FormId, FormKind, addition_form, is_form_id
from bot.errors import TextError
from bot.texts import Texts
from tests.chat.hostile_text import PIECES
from tests.chat.measures import within_limits
from tests.chat.samples import ARABIC, ENGLISH
from tests.discord_server.limits.messages import callback_problems
from tests.examples import examples

HOSTILE = st.lists(st.sampled_from([*PIECES, "\ud800", "ع" * 900]), max_size=8).map("".join)
FULL = AdditionWords("https://news.example/x", "عنوان", "ن" * 4000, "صحيفة الضفة", "2026-11-24")


def sent(form: Any) -> dict[str, Any]:
    """Return what a client sends that changes nothing in a form."""
    labels = form.to_dict()["components"]
    fields = [label["component"] for label in labels]
    values = [{"type": 4, "custom_id": field["custom_id"], "value": field.get("value") or ""} for field in fields]
    return {"custom_id": str(NEW_FORM), "components": [{"type": 18, "component": value} for value in values]}


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
@pytest.mark.parametrize("words", [AdditionWords(), FULL])
async def test_discord_takes_the_form_and_gives_back_what_stood_in_it(texts: Texts, words: AdditionWords) -> None:
    form = addition_form(words, texts)
    assert list(callback_problems({"type": 9, "data": form.to_dict()})) == []
    assert AdditionWords.of_submission(sent(form)) == words
    # discord.py is to keep nothing of it.
    assert form.is_finished()


@examples(150)
@given(link=HOSTILE, title=HOSTILE, text=HOSTILE, outlet=HOSTILE, day=HOSTILE)
def test_whatever_was_typed_fits_the_form_again(link: str, title: str, text: str, outlet: str, day: str) -> None:
    typed = {"link": link, "title": title, "text": text, "outlet": outlet, "day": day}
    rows = [{"type": 1, "components": [{"type": 4, "custom_id": name, "value": typed[name]}]} for name in typed]
    words = AdditionWords.of_submission({"components": [*rows, {"type": 10, "content": "x"}]})
    form = addition_form(words, ARABIC)
    assert list(callback_problems({"type": 9, "data": form.to_dict()})) == []
    card = Drafts().offer(Card(("لماذا",)), Draft(words), ARABIC)
    assert within_limits(card)
    assert [file.filename for file in card.files()] == (["typed.txt"] if words.text else [])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-24", "2026-11-24"),
        ("24/11/2026", "2026-11-24"),
        ("24 نوفمبر 2026", "2026-11-24"),
        ("٢٤ تشرين الثاني ٢٠٢٦", "2026-11-24"),
        ("24 novembre 2026", "2026-11-24"),
        ("أمس", "2026-11-29"),
        ("الثلاثاء 24 نوفمبر 2026", "2026-11-24"),
        ("نُشر في 24/11/2026 الساعة 10:20", "2026-11-24"),
        # What is no day stays, to be named.
        ("2026", "2026"),
        ("الثلاثاء", "الثلاثاء"),
        ("31/2/2026", "31/2/2026"),
        ("", ""),
    ],
)
def test_a_day_may_be_written_as_in_a_question(typed: str, day: str) -> None:
    assert AdditionWords(day=typed).as_meant(date(2026, 11, 30)).day == day


def test_one_link_is_taken_out_of_words_and_of_two_none() -> None:
    assert AdditionWords("انظر <https://a.example/x>").as_meant(date(2026, 11, 30)).link == "https://a.example/x"
    assert AdditionWords("مكتبة").as_meant(date(2026, 11, 30)).link == "مكتبة"
    with pytest.raises(TextError, match=r"addition\.several_links"):
        AdditionWords("https://a.example/x https://a.example/y").as_meant(date(2026, 11, 30))


def button_key(card: Card) -> str:
    identity = FormId.parse(card.rows[0][-1].custom_id)
    assert identity is not None
    return identity.key


def test_a_draft_is_found_by_its_button_until_many_others_came() -> None:
    drafts = Drafts()
    first = button_key(drafts.offer(Card(("لماذا",)), Draft(FULL), ARABIC))
    assert drafts.find(first) == Draft(FULL)
    for _ in range(64):
        drafts.offer(Card(("لماذا",)), Draft(), ARABIC)
    with pytest.raises(ReplyError, match=r"addition\.forgotten"):
        drafts.find(first)


def test_drafts_take_no_more_memory_than_a_few_of_the_longest_files() -> None:
    drafts, long = Drafts(), Draft(AdditionWords(text="ن" * (4 << 20)))
    keys = [button_key(drafts.offer(Card(("اقرأ",)), long, ARABIC, is_to_confirm=True)) for _ in range(3)]
    assert drafts.find(keys[2]) == drafts.find(keys[1]) == long
    with pytest.raises(ReplyError):
        drafts.find(keys[0])


def test_a_text_that_is_too_long_for_the_form_stays_when_the_rest_is_mended() -> None:
    before = Draft(AdditionWords(title="عنوان", text="ن" * 4001))
    form = addition_form(before.words, ARABIC)
    assert list(callback_problems({"type": 9, "data": form.to_dict()})) == []
    mended = before.mended(replace(AdditionWords.of_submission(sent(form)), title="عنوان آخر"))
    assert mended.words == AdditionWords(title="عنوان آخر", text=before.words.text)
    # What a form had is emptied where somebody emptied it.
    assert Draft(FULL).mended(AdditionWords(title="عنوان")).words.text == ""


def test_an_article_with_longer_fields_than_a_form_has_fits_it_all_the_same() -> None:
    article = Article("x", "ع" * 900, (Paragraph("نصّ."),), outlet="ج" * 400)
    form = addition_form(AdditionWords.of_article(article), ARABIC, FormId(FormKind.ADDED, "م" * 80))
    assert list(callback_problems({"type": 9, "data": form.to_dict()})) == []


def test_the_file_has_all_that_was_typed() -> None:
    assert FULL.in_a_file == f"https://news.example/x\nعنوان\nصحيفة الضفة\n2026-11-24\n\n{FULL.text}\n"


@pytest.mark.parametrize(
    ("identity", "is_of_a_form", "parsed"),
    [
        ("f1:addition", True, NEW_FORM),
        ("f1:again:0a1b2c", True, FormId(FormKind.DRAFT, "0a1b2c")),
        ("f1:edit:2026-خبر:x", True, FormId(FormKind.ADDED, "2026-خبر:x")),
        ("f1:add:x", True, FormId(FormKind.CONFIRMED, "x")),
        ("f0:addition", True, None),
        ("f12:again:x", True, None),
        ("f1:other:x", True, None),
        ("f1:", True, None),
        ("b1:vote:1", False, None),
        ("", False, None),
    ],
)
def test_ids_of_any_version_are_recognised(identity: str, is_of_a_form: bool, parsed: FormId | None) -> None:
    assert is_form_id(identity) == is_of_a_form
    if is_of_a_form:
        assert FormId.parse(identity) == parsed
    if parsed is not None:
        assert str(parsed) == identity


@pytest.mark.parametrize(
    "data", [{}, {"components": []}, {"components": [{"type": 18}]}, {"components": [{"value": 5}]}]
)
def test_a_submission_without_fields_says_nothing(data: dict[str, Any]) -> None:
    assert AdditionWords.of_submission(data) == AdditionWords()
