"""Texts too long for a paragraph become several, in every form of article, and nothing of them is lost or changed."""

import json
from collections import Counter
from collections.abc import Callable

import pytest

from bot.articles import Article, RejectionReason
from bot.articles.article import MOST_CHARACTERS, MOST_WORDS, split_long_text
from bot.articles.boilerplate import Recogniser

from .conftest import Reading, Write

SENTENCE = "افتتحت البلدية المكتبة العامة صباح الأحد بحضور مئات السكان من الحي القديم."
LONG = " ".join(f"{SENTENCE[:-1]} {number}." for number in range(2000))
MOST_PIECE, MOST_PIECE_WORDS = 4000, 500


def markdown(title: str, text: str) -> tuple[str, str]:
    return "a.md", f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n## عنوان\n\n{text}\n\nخاتمة الخبر.\n"


def scraped(title: str, text: str) -> tuple[str, str]:
    return "a.txt", f"{title}\n{text}\nخاتمة الخبر.\n"


def record(title: str, text: str) -> tuple[str, str]:
    return "a.jsonl", json.dumps({"title": title, "paragraphs": [text, "خاتمة الخبر."]}, ensure_ascii=False)


def page(title: str, text: str) -> tuple[str, str]:
    return "a.html", f"<html><head><title>{title}</title></head><body><article><p>{text}</p><p>{SENTENCE}</p></article>"


FORMS = [markdown, scraped, record, page]


@pytest.mark.parametrize("form", FORMS)
def test_a_long_paragraph_becomes_several_at_the_ends_of_sentences(
    form: Callable[[str, str], tuple[str, str]], write: Write, read: Reading
) -> None:
    texts = [paragraph.text for paragraph in read.article(write(*form("مكتبة المدينة", LONG))).paragraphs]
    assert len(texts) > 20
    assert " ".join(texts).startswith(LONG)
    assert all(text.endswith(".") and len(text.split()) <= MOST_PIECE_WORDS for text in texts)


@pytest.mark.parametrize(
    "text", ["ا" * 50_000, "كلمة " * 9000, "ا، " * 9000, ("ا" * 900 + " ") * 40, "x" + " y" * 2500]
)
def test_what_has_no_sentences_is_divided_between_words_or_anywhere(text: str) -> None:
    pieces = list(split_long_text(text.strip()))
    assert len(pieces) > 1
    assert all(len(piece) <= MOST_PIECE and len(piece.split()) <= MOST_PIECE_WORDS for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    place = 0
    for piece in pieces:
        place = text.index(piece, place) + len(piece)


@pytest.mark.parametrize("text", [SENTENCE, "كلمة " * (MOST_WORDS - 1) + "كلمة", "ا" * MOST_CHARACTERS, ""])
def test_a_text_that_is_not_too_long_stays_whole(text: str) -> None:
    assert list(split_long_text(text)) == [text]


def test_the_pieces_stand_under_the_heading_of_the_whole(write: Write, read: Reading) -> None:
    article = read.article(write(*markdown("مكتبة", LONG)))
    assert {paragraph.section for paragraph in article.paragraphs} == {"عنوان"}


def test_a_heading_too_long_to_be_one_is_text(write: Write, read: Reading) -> None:
    article = read.article(write("a.md", f"---\ntitle: مكتبة\n---\n\n## {'كلمة ' * 300}\n\n{SENTENCE}\n"))
    assert [(len(paragraph.text.split()), paragraph.section) for paragraph in article.paragraphs] == [
        (300, None),
        (len(SENTENCE.split()), None),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_title_too_long_to_be_one_is_rejected(
    form: Callable[[str, str], tuple[str, str]], write: Write, read: Reading
) -> None:
    rejection = read.rejection(write(*form("كلمة " * 300, SENTENCE)))
    assert rejection.reason is RejectionReason.LONG_FIELD
    assert rejection.detail == "title: 1499 > 1000"


@pytest.mark.parametrize("field", ["outlet", "author", "language"])
def test_other_fields_have_limits_too(field: str, write: Write, read: Reading) -> None:
    text = json.dumps({"title": "مكتبة", "paragraphs": [SENTENCE], field: "ا" * 501})
    assert read.rejection(write("a.jsonl", text)).detail == f"{field}: 501 > 500"


@pytest.mark.parametrize(
    "file",
    [
        ("a.txt", "عنوان\n" + "نص الخبر.\n" * 10_001),
        ("a.txt", "عنوان\n\n" + "- a\n" * 30_000),
        ("a.md", "---\ntitle: عنوان\n---\n\n" + "- a\n" * 30_000),
        ("a.jsonl", json.dumps({"title": "عنوان", "paragraphs": ["a"] * 10_001})),
    ],
)
def test_an_article_of_too_many_paragraphs_is_rejected_before_each_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, write: Write, read: Reading, file: tuple[str, str]
) -> None:
    looks = Counter[str]()
    judge = Recogniser.kind_of
    monkeypatch.setattr(Recogniser, "kind_of", lambda own, text: (looks.update(["look"]), judge(own, text))[1])
    rejection = read.rejection(write(*file))
    assert (rejection.reason, rejection.detail) == (RejectionReason.TOO_LARGE, "10001 > 10000 ¶")
    assert not looks
    read.article(write("b.txt", "عنوان\n\n" + "- a\n" * 100))
    assert looks.total() == 100


def test_a_page_of_a_name_that_is_a_whole_text_has_none(write: Write, read: Reading) -> None:
    _, text = page("مكتبة المدينة", SENTENCE)
    names = f'<meta property="og:site_name" content="{"كلمة " * 200}">'
    article: Article = read.article(write("a.html", text.replace("<head>", f"<head>{names}")))
    assert article.outlet is None
