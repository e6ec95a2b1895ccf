import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from bot.articles.article import RejectionReason
from bot.articles.html.page_state import state_article
from tests.articles.conftest import Reading, Write

TITLE = "إصلاح الجسر القديم"
TEXTS = [
    "بدأت البلدية إصلاح الجسر القديم صباح الأحد، وقالت إن العمل فيه يدوم ثلاثة أشهر كاملة على الأقل.",
    "وتسلك السيارات طريق الساحل حتى ينتهي العمل، وتعود الحافلات إلى مسارها القديم في مطلع الصيف المقبل.",
    "وقالت المهندسة سلمى الحداد إن الأساسات سليمة، وإن الكلفة لن تزيد على مليوني دينار مهما طال العمل.",
]
OTHER = " ".join(["وهذا نص لا شأن له بالجسر، بل بحريق محدود شبّ قرب الميناء ولم يُصب فيه أحد."] * 6)
HTML = "".join(f"<p>{text}</p>" for text in TEXTS)


def page(record: Any, opening: str = '<script type="application/json">', head: str = "", body: str = "") -> str:
    script = json.dumps(record, ensure_ascii=False).replace("</", "<\\/")
    head = f'<meta charset="utf-8"><title>{TITLE}</title>{head}'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}{opening}{script}</script></body></html>"


@pytest.mark.parametrize(
    "record",
    [
        {"headline": TITLE, "articleBody": HTML},
        {"headline": TITLE, "articleBody": "\n\n".join(TEXTS)},
        {"headline": TITLE, "articleBody": HTML.replace("<", "&lt;").replace(">", "&gt;")},
        {"a": [{"title": TITLE, "content": [{"type": "p", "text": text} for text in TEXTS]}]},
        {"page": {"title": TITLE, "blocks": [{"tag": "p", "children": [{"text": text}]} for text in TEXTS]}},
        {"title": TITLE, "body": HTML, "comments": [{"title": TITLE, "body": OTHER}]},
        {"title": TITLE, "body": HTML, "related": [{"title": TITLE, "body": OTHER}]},
        {"stories": [{"title": "حريق قرب الميناء", "body": OTHER}, {"title": TITLE, "body": HTML}]},
    ],
)
@pytest.mark.parametrize("opening", ['<script type="application/ld+json">', "<script>window.__STATE__ = "])
def test_the_text_beside_the_pages_title_is_the_article(write: Write, read: Reading, record: Any, opening: str) -> None:
    assert read.texts(write("page.html", page(record, opening))) == TEXTS


@pytest.mark.parametrize(
    "record",
    [
        {"title": "حريق قرب الميناء", "body": OTHER},
        {"comments": [{"title": TITLE, "body": OTHER}]},
        {"title": TITLE, "discussion": {"text": OTHER}},
        {"title": TITLE, "body": "نص قصير."},
        {"title": TITLE, "body": {"type": "comment", "text": OTHER}},
    ],
)
def test_nothing_else_is_one(write: Write, read: Reading, record: Any) -> None:
    assert read.rejection(write("page.html", page(record))).reason is RejectionReason.NO_BODY


def test_what_a_page_shows_comes_first(write: Write, read: Reading) -> None:
    shown = f"<article><h1>{TITLE}</h1>{HTML}</article>"
    record = {"title": TITLE, "body": f"<p>{OTHER}</p>"}
    assert read.texts(write("page.html", page(record, body=shown))) == TEXTS


def test_what_is_for_subscribers_is_not_read_behind_their_backs(write: Write, read: Reading) -> None:
    wall = f"<article><h1>{TITLE}</h1><p>{TEXTS[0]}</p><p>هذا المقال متاح للمشتركين فقط.</p></article>"
    record = {"title": TITLE, "body": HTML}
    assert read.rejection(write("page.html", page(record, body=wall))).reason is RejectionReason.PAYWALLED
    free = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    rejected = read.rejection(write("page.html", page(record, head=free, body=f"<p>{TEXTS[0]}</p>")))
    assert rejected.reason is RejectionReason.PAYWALLED


def test_a_text_without_lines_is_divided_behind_sentences(write: Write, read: Reading) -> None:
    texts = read.texts(write("page.html", page({"title": TITLE, "body": " ".join(TEXTS * 4)})))
    assert len(texts) > 1
    assert " ".join(texts) == " ".join(TEXTS * 4)


VALUES = st.recursive(
    st.none() | st.integers(-2, 9) | st.sampled_from([TITLE, HTML, OTHER, "", "<p>"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["title", "body", "comments", "type", "content", "0"]), inner, max_size=4)
    ),
    max_leaves=30,
)


@given(
    VALUES, st.sampled_from(["<script type='application/json'>", "<script>window.a=", "<script>self.b = JSON.parse("])
)
def test_no_state_raises(record: Any, opening: str) -> None:
    state_article(document_fromstring(page(record, opening)), TITLE)


def test_a_state_that_leads_back_to_itself_ends() -> None:
    record = [
        {"title": 1, "body": 2, "data": 2},
        TITLE,
        list(range(500)),
        *({"data": 2, "body": 2} for _ in range(497)),
    ]
    assert state_article(document_fromstring(page(record)), TITLE) is None
