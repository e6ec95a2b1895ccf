import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from bot.articles import RejectionReason, link_key, typed_link, typed_links
from bot.articles.characters import one_line
from bot.articles.validation import site_of
from tests.articles.conftest import Reading, Write

RECORD: dict[str, object] = {"id": 1, "title": "سوق الزهور", "paragraphs": ["فتحت السوق أبوابها."]}

IDENTIFIED_RECORD: dict[str, object] = {"title": "سوق الزهور", "paragraphs": ["فتحت السوق أبوابها مع أول ضوء."]}


def line(**extra: object) -> str:
    return json.dumps(RECORD | extra, ensure_ascii=False)


def test_every_field_is_kept(write: Write, read: Reading) -> None:
    extra = {
        "outlet": " صحيفة \u202eالمرفأ",
        "author": "س. ص.",
        "language": "ar",
        "url": " https://a.example/خبر ",
        "x": 1,
    }
    article = read.article(write("a.jsonl", line(**extra)))
    assert (article.outlet, article.author, article.language) == ("صحيفة المرفأ", "س. ص.", "ar")
    assert article.url == "https://a.example/خبر"


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-09",
        "2024-03-09T23:30:00+03:00",
        "2024-03-09T233000",
        "20240309",
        "09/03/2024",
        "9/3/2024",
        "٢٠٢٤-٠٣-٠٩",
    ],
)
def test_dates(write: Write, read: Reading, text: str) -> None:
    assert read.article(write("a.jsonl", line(date=text))).published == date(2024, 3, 9)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "03/25/2024", "أمس", "2024", "00/00/0000", "9" * 5000, "2024-03-09 أمس"]
)
def test_a_bad_date_is_rejected(write: Write, read: Reading, text: str) -> None:
    rejection = read.rejection(write("a.jsonl", line(date=text)))
    assert (rejection.reason, rejection.detail, rejection.line) == (RejectionReason.BAD_DATE, "date", 1)


BAD_URLS = [
    "ftp://a.example/",
    "javascript:alert(1)",
    "//a.example/",
    "https:///",
    "https://[::1",
    "https://a b.example/",
    "https://a\u202e.example/",
    "https://a.example/\ud800",
    "https://a.example/" + "x" * 2100,
    "https://a.example/" + "خ " * 600,
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_no_article_is_lost_over_its_link(write: Write, read: Reading, url: str) -> None:
    corpus = read.corpus(write("a.jsonl", json.dumps(RECORD | {"url": url})))
    assert [(article.id, article.url) for article in corpus.articles] == [("1", None)]
    [rejection] = corpus.rejections
    assert (rejection.reason, rejection.line) == (RejectionReason.LINK_LEFT_OUT, 1)
    assert rejection.detail[:200] == one_line(url)[:200]


def test_what_else_is_wrong_goes_before_the_link(write: Write, read: Reading) -> None:
    rejection = read.rejection(write("a.jsonl", line(url="ftp://a.example/", title="")))
    assert rejection.reason is RejectionReason.NO_TITLE


@pytest.mark.parametrize("length", [10, 5000])
def test_the_value_of_a_bad_link_is_shown(write: Write, read: Reading, length: int) -> None:
    url = f"ftp://{'x' * length}"
    rejection = read.rejection(write("a.md", f"---\ntitle: أ\nurl: {url}\n---\n\nنص.\n"))
    assert (rejection.reason, rejection.line) == (RejectionReason.BAD_URL, 3)
    assert rejection.detail == (url if length == 10 else f"{url[:200]}…")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://a.example/ar/ عنوان/1", "http://a.example/ar/%20عنوان/1"),
        ("https://a.example/b\u00a0c", "https://a.example/b%C2%A0c"),
        ("https://a.example/a\nb", "https://a.example/ab"),
        ("https://a.example/\x00", "https://a.example/%00"),
        ("HTTPS://a.example/عنوان?q=أ ب", "HTTPS://a.example/عنوان?q=أ%20ب"),
        ("https://a.example/منازل\u200f/1", "https://a.example/منازل%E2%80%8F/1"),  # as browsers do
    ],
)
def test_what_can_be_encoded_in_a_link_is_encoded(write: Write, read: Reading, written: str, kept: str) -> None:
    assert read.article(write("a.jsonl", line(url=written))).url == kept


@pytest.mark.parametrize("field", ["title", "outlet", "author", "language", "url", "date", "paragraphs"])
@pytest.mark.parametrize("value", [7, True, {"a": 1}, [["a"]]])
def test_a_field_of_the_wrong_type_is_named(write: Write, read: Reading, field: str, value: object) -> None:
    rejection = read.rejection(write("a.jsonl", line(**{field: value})))
    assert (rejection.reason, rejection.detail) == (RejectionReason.BAD_FIELD, field)


@pytest.mark.parametrize("title", [None, "", "  ", "\u200f\u0000"])
def test_an_article_needs_a_title(write: Write, read: Reading, title: str | None) -> None:
    assert read.rejection(write("a.jsonl", line(title=title))).reason is RejectionReason.NO_TITLE


@pytest.mark.parametrize("paragraphs", [None, [], ["", " \u200b"], ["اقرأ أيضا: عنوان آخر"]])
def test_an_article_needs_a_body(write: Write, read: Reading, paragraphs: list[str] | None) -> None:
    assert read.rejection(write("a.jsonl", line(paragraphs=paragraphs))).reason is RejectionReason.NO_BODY


def test_a_long_title_is_kept_whole(write: Write, read: Reading) -> None:
    title = "عنوان " * 160
    assert read.article(write("a.jsonl", line(title=title))).title == title.strip()


def identify(read: Reading, path: Path, **extra: object) -> str:
    path.write_text(json.dumps(IDENTIFIED_RECORD | extra), encoding="utf-8")
    return read.article(path).id


def test_an_id_survives_a_change_of_text(write: Write, read: Reading, tmp_path: Path) -> None:
    write("2024/قصة.txt", "عنوان\nنص أول.")
    before = read.corpus(tmp_path).articles[0].id
    write("2024/قصة.txt", "عنوان آخر\nنص ثان.")
    assert read.corpus(tmp_path).articles[0].id == before == "2024/قصة"


def test_an_id_does_not_depend_on_the_file_system(write: Write, read: Reading, tmp_path: Path) -> None:
    write(unicodedata.normalize("NFD", "café.أ.txt"), "عنوان\nنص.")
    assert read.corpus(tmp_path).articles[0].id == unicodedata.normalize("NFC", "café.أ")


@pytest.mark.parametrize(("given", "wanted"), [("a-1", "a-1"), (17, "17"), (" a\u202e b ", "a b")])
def test_a_record_keeps_its_id(tmp_path: Path, read: Reading, given: object, wanted: str) -> None:
    assert identify(read, tmp_path / "a.jsonl", id=given) == wanted


@pytest.mark.parametrize("given", [True, 1.5, "", "\u200f", [], {}, "x" * 201])
def test_an_id_of_the_wrong_kind_is_a_bad_field(write: Write, read: Reading, given: object) -> None:
    rejection = read.rejection(write("a.jsonl", json.dumps(IDENTIFIED_RECORD | {"id": given})))
    assert (rejection.reason, rejection.detail, rejection.line) == (RejectionReason.BAD_FIELD, "id", 1)


def test_a_record_without_id_is_known_by_its_link(tmp_path: Path, read: Reading) -> None:
    path = tmp_path / "a.jsonl"
    first = identify(read, path, url="https://a.example/1")
    assert first == identify(read, path, url="https://a.example/1", title="عنوان جديد")
    assert first != identify(read, path, url="https://a.example/2")


def test_a_record_without_link_is_known_by_title_and_date(tmp_path: Path, read: Reading) -> None:
    path = tmp_path / "a.jsonl"
    first = identify(read, path, date="2024-03-01")
    assert first == identify(read, path, date="2024-03-01", paragraphs=["نص آخر."])
    assert first != identify(read, path, date="2024-03-02")


def test_a_second_article_with_the_same_id_is_rejected(write: Write, read: Reading, tmp_path: Path) -> None:
    write("a.jsonl", "\n".join(json.dumps(IDENTIFIED_RECORD | {"id": given}) for given in ["7", 7, 8]))
    write("b.txt", "عنوان\nنص.")
    write("b.md", "---\ntitle: عنوان\n---\nنص.")
    corpus = read.corpus(tmp_path)
    assert [article.id for article in corpus.articles] == ["7", "8", "b"]
    assert [(found.path, found.line, found.detail, found.reason) for found in corpus.rejections] == [
        ("a.jsonl", 2, "7", RejectionReason.DUPLICATE_ID),
        ("b.txt", None, "b", RejectionReason.DUPLICATE_ID),
    ]


@pytest.mark.parametrize(
    "same",
    [
        "http://news.example/جسر",
        "https://www.news.example/جسر",
        "https://NEWS.example/جسر/",
        "HTTPS://news.example/جسر",
        "https://news.example/%D8%AC%D8%B3%D8%B1",
        "https://amp.news.example/جسر",
        "https://www.amp.news.example/amp/جسر",
        "https://news.example/جسر/amp/",
        "https://news.example/جسر?amp",
        "https://news.example/جسر?outputType=amp",
    ],
)
def test_a_link_is_the_same_however_it_is_written(same: str) -> None:
    assert link_key(same) == link_key("https://news.example/جسر")


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("https://news.example/bridge", ["https://news.example/bridge"]),
        ("<https://news.example/bridge>", ["https://news.example/bridge"]),
        ("[خبر الجسر](https://news.example/bridge)", ["https://news.example/bridge"]),
        ("[https://news.example/bridge](https://news.example/bridge)", ["https://news.example/bridge"]),
        ("قرأت اليوم (https://news.example/bridge)، وأعجبني", ["https://news.example/bridge"]),
        ("https://news.example/bridge_(old)", ["https://news.example/bridge_(old)"]),
        ("https://news.example/جسر؟", ["https://news.example/جسر"]),
        ("`https://news.example/bridge`", ["https://news.example/bridge"]),
        ("[https://news.example/bridge]", ["https://news.example/bridge"]),
        ("\u200fhttps://news.example/bridge\u200e", ["https://news.example/bridge"]),
        ("www.news.example/bridge", ["https://www.news.example/bridge"]),
        ("https://a.example/1\nhttps://a.example/2", ["https://a.example/1", "https://a.example/2"]),
        ("خبر الجسر", []),
        ("", []),
    ],
)
def test_links_are_found_as_people_write_them(typed: str, links: list[str]) -> None:
    assert typed_links(typed) == links
    assert typed_link(f" {typed} ") == (links[0] if links else typed)


@pytest.mark.parametrize(
    "other",
    ["https://news.example/Bridge", "https://news.example/bridge?id=2", "https://a.example/bridge"]
    + [
        f"https://news.example/{path}"
        for path in ("a/amp/bridge", "bridge-amp", "camp/bridge", "bridge?ramp=1", "amp?x")
    ],
)
def test_another_link_is_another_link(other: str) -> None:
    assert link_key(other) != link_key("https://news.example/bridge")


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("https://www.aljazeera.net/news", "aljazeera.net"),
        ("http://AMP.Aljazeera.net.:443/news", "aljazeera.net"),
        ("https://m.news.aljazeera.net", "aljazeera.net"),
        ("https://www.bbc.co.uk/arabic", "bbc.co.uk"),
        ("https://evil.co.uk/bbc.co.uk", "evil.co.uk"),
        ("https://m.okaz.com.sa", "okaz.com.sa"),
        ("https://spa.gov.sa", "spa.gov.sa"),
        ("https://www.gov.sa", "gov.sa"),
        ("https://evil.blogspot.com/x", "evil.blogspot.com"),
        ("https://evil.github.io", "evil.github.io"),
        ("https://aljazeera.net.evil.example/", "evil.example"),
        ("https://evil.example:8443/", "evil.example:8443"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://10.0.0.1/", "10.0.0.1"),
        ("http://[::1]/", "::1"),
        ("https://localhost/", "localhost"),
        ("https://مثال.مصر/", "xn--mgbh0fb.xn--wgbh1c"),
        ("https://xn--mgbh0fb.xn--wgbh1c/", "xn--mgbh0fb.xn--wgbh1c"),
        ("https://\u0430ljazeera.net/", "xn--ljazeera-06g.net"),
        ("https://stra\u00dfe.de/", None),
        ("https://aljazeera.net@evil.example/", None),
        ("https://user:word@aljazeera.net/", None),
        ("https://evil.example\\\\@aljazeera.net/", None),
        ("https://evil.example\\\\.aljazeera.net/", None),
        ("https://evil.example%2f.aljazeera.net/", None),
        ("https://a..b/", None),
        ("https://host:port/", None),
        ("https://[/", None),
        ("/news", None),
        ("", None),
    ],
)
def test_links_of_one_site_are_one_outlets(link: str, site: str | None) -> None:
    assert site_of(link) == site
