import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, Paragraph
from bot.articles.importing import ArticleFolder, ImportStatus, file_stem
from bot.articles.readers import write_markdown
from bot.articles.validation import id_from_name

LINK = "https://news.example/bridge"
HEAD = '<html><head><title>أ</title><link rel="canonical" href="{link}"></head><body><p>نص.</p></body></html>'


def article(url: str | None = LINK, text: str = "نص.", title: str = "خبر") -> Article:
    return Article("x", title, (Paragraph(text),), url=url)


class Writer:
    """Writes articles of one name into a shelf, as `import` does with a yes."""

    def __init__(self, directory: Path) -> None:
        self.folder = ArticleFolder(directory)

    def find_target(self, one: Article) -> tuple[str, ImportStatus, str]:
        target = self.folder.find_target("خبر", one, write_markdown(one))
        return target.path.relative_to(self.folder.directory).as_posix(), target.status, target.other

    def write(self, one: Article) -> None:
        text = write_markdown(one)
        self.folder.write(self.folder.find_target("خبر", one, text).path, one, text)


@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_an_article_goes_where_its_link_is(tmp_path: Path, quote: str) -> None:
    held = tmp_path / "deeper" / "held.md"
    held.parent.mkdir()
    held.write_text(f"---\ntitle: a\nurl: {quote}{LINK}{quote}\n---\n\nنص.\n", encoding="utf-8")
    assert Writer(tmp_path).find_target(article(f"{LINK}/")) == (
        "deeper/held.md",
        ImportStatus.OTHER_VERSION,
        "deeper/held.md",
    )


@pytest.mark.parametrize("written", [f"{LINK}?utm_source=rss", f"{LINK}#top", f"{LINK} # from the feed"])
def test_a_link_is_found_whatever_stands_behind_it(tmp_path: Path, written: str) -> None:
    (tmp_path / "held.md").write_text(f"---\r\ntitle: a\r\nurl: {written}\r\n---\r\n\r\nنص.\r\n", encoding="utf-8")
    assert Writer(tmp_path).find_target(article())[0] == "held.md"
    (tmp_path / "held.md").rename(tmp_path / "held.txt")
    line = json.dumps({"title": "a", "url": written.partition(" ")[0], "paragraphs": ["نص."]})
    (tmp_path / "held.jsonl").write_text(line, encoding="utf-8")
    assert Writer(tmp_path).find_target(article())[1:] == (ImportStatus.NOT_WRITABLE, "held.jsonl:1")


@pytest.mark.parametrize(
    "text", [f"---\ntitle: a\n---\n\nurl: {LINK}\n", f"url: {LINK}\n", f"---\nurl: [{LINK}]\n---\n"]
)
def test_what_is_no_link_of_an_article_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "held.md").write_text(text, encoding="utf-8")
    assert Writer(tmp_path).find_target(article()) == ("خبر.md", ImportStatus.NEW, "")


def test_a_link_with_a_space_is_found(tmp_path: Path) -> None:
    (tmp_path / "held.md").write_text(f'---\ntitle: a\nurl: "{LINK}/ أ ب"\n---\n\nنص.\n', encoding="utf-8")
    assert Writer(tmp_path).find_target(article(f"{LINK}/%20أ%20ب"))[0] == "held.md"


def test_else_under_its_own_name_which_no_other_link_has(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        writer, one = Writer(tmp_path), article(f"{LINK}/{number}")
        name = "خبر.md" if number == 1 else f"خبر-{number}.md"
        assert writer.find_target(one) == (name, ImportStatus.NEW, "")
        writer.write(one)
        assert Writer(tmp_path).find_target(one) == (name, ImportStatus.SAME, name)


def test_two_articles_without_link_and_one_title_and_day_are_two(tmp_path: Path) -> None:
    Writer(tmp_path).write(article(None))
    for writer in (Writer(tmp_path), Writer(tmp_path)):
        assert writer.find_target(article(None, "غيره.")) == ("خبر-2.md", ImportStatus.NAMESAKE, "خبر.md")
        assert writer.find_target(article(LINK, "غيره.")) == ("خبر-2.md", ImportStatus.NAMESAKE, "خبر.md")
        assert writer.find_target(article(None)) == ("خبر.md", ImportStatus.SAME, "خبر.md")
        # The same text with a link that it had not is the same article.
        assert writer.find_target(article(LINK)) == ("خبر.md", ImportStatus.OTHER_VERSION, "خبر.md")


@pytest.mark.parametrize("end", ["...", "---"])
def test_an_article_is_all_that_stands_below_its_front_matter(tmp_path: Path, end: str) -> None:
    held = f"---\ntitle: خبر\n{end}\n\nأول.\n\n---\n\nنص.\n"
    (tmp_path / "خبر.md").write_text(held, encoding="utf-8")
    # The end of one is the whole of the other.
    assert Writer(tmp_path).find_target(article(None)) == ("خبر-2.md", ImportStatus.NAMESAKE, "خبر.md")


@pytest.mark.parametrize("held", ["\n\n---\ntitle: خبر\n---\n\nنص.\n", "\ufeff---\r\ntitle: خبر\r\n...\r\n\r\nنص.\r\n"])
def test_an_article_is_known_again_however_its_front_matter_stands_there(tmp_path: Path, held: str) -> None:
    (tmp_path / "خبر.md").write_text(held, encoding="utf-8", newline="")
    assert Writer(tmp_path).find_target(article(None)) == ("خبر.md", ImportStatus.OTHER_VERSION, "خبر.md")


def test_what_was_written_just_now_is_not_written_over(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(article())
    assert writer.find_target(article()) == ("خبر.md", ImportStatus.SAME, "خبر.md")
    assert writer.find_target(article(text="غيره.")) == ("خبر.md", ImportStatus.ALREADY_WRITTEN, "خبر.md")
    assert Writer(tmp_path).find_target(article(text="غيره.")) == ("خبر.md", ImportStatus.OTHER_VERSION, "خبر.md")


def test_two_titles_of_one_link_in_one_run_are_two_articles(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(article())
    other = article(title="غيره", text="غيره.")
    assert writer.find_target(other) == ("خبر-2.md", ImportStatus.NAMESAKE, "خبر.md")


@pytest.mark.parametrize(
    ("name", "content", "target"),
    [
        ("a.html", HEAD.format(link=LINK), "a.html"),
        ("b/a.htm", f"<!-- saved from url=(0029){LINK} -->" + HEAD.format(link="/bridge"), "b/a.htm"),
        (
            "a.jsonl",
            "\n".join(["{}", "{", '{"url": 7}', "[]", json.dumps({"url": LINK + "/", "title": "أ"})]),
            "a.jsonl:5",
        ),
    ],
)
def test_a_link_that_another_form_holds_is_found(tmp_path: Path, name: str, content: str, target: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(content, encoding="utf-8")
    writer = Writer(tmp_path)
    assert writer.find_target(article()) == ("خبر.md", ImportStatus.NOT_WRITABLE, target)
    # With a yes there are two, and the one that can be written over is that of the link.
    writer.write(article())
    assert Writer(tmp_path).find_target(article(text="غيره.")) == ("خبر.md", ImportStatus.OTHER_VERSION, "خبر.md")


@pytest.mark.parametrize("url", [LINK, None])
def test_files_that_cannot_be_read_have_no_link(tmp_path: Path, url: str | None) -> None:
    (tmp_path / "spoilt.md").write_bytes(b"\xff\xfe\x00url: x")
    (tmp_path / "spoilt.jsonl").write_bytes(b'\xff{"url": "x"}\x00')
    (tmp_path / "spoilt.html").write_bytes(b"\x00")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "other.txt").write_text(f"url: {LINK}", encoding="utf-8")
    assert Writer(tmp_path).find_target(article(url)) == ("خبر.md", ImportStatus.NEW, "")


def test_a_folder_in_the_way_is_left_there(tmp_path: Path) -> None:
    (tmp_path / "خبر.md").mkdir()
    assert Writer(tmp_path).find_target(article())[0] == "خبر-2.md"


def stem(title: str, day: date | None = None) -> str:
    return file_stem(Article("a", title, (), published=day))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("افتتاحُ محطّةٍ تحليــة", "افتتاح-محطة-تحلية"),
        ("30 مليون دولار: صفقة «بالانتير»", "30-مليون-دولار-صفقة-بالانتير"),
        ("٣ أسئلة؟", "3-أسئلة"),
        ("A/B\\C..D:E*F?", "a-b-c-d-e-f"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "article-con"),
        ("com1", "article-com1"),
        ("؟!…", "article"),
        ("\u202egnp.exe", "gnp-exe"),
        ("😀 خبر", "خبر"),
    ],
)
def test_a_name_is_the_words_of_the_title(title: str, name: str) -> None:
    assert stem(title) == name


def test_the_day_comes_first() -> None:
    assert stem("خبر", date(2026, 3, 1)) == "2026-03-01-خبر"
    assert stem("؟", date(2026, 3, 1)) == "article-2026-03-01"


@given(title=st.text(), day=st.none() | st.dates())
def test_every_system_can_store_every_name(title: str, day: date | None) -> None:
    name = stem(title, day) + ".md"
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert name[0].isalnum()
    assert not re.match(r"(?:con|prn|aux|nul|com\d|lpt\d)\.", name, re.IGNORECASE)
    assert all(len(unicodedata.normalize(form, name).encode()) <= 255 for form in ("NFC", "NFD"))
    assert id_from_name(name) == unicodedata.normalize("NFC", name.removesuffix(".md"))


@given(title=st.text(min_size=200))
def test_long_titles_make_bearable_names(title: str) -> None:
    assert len(stem(title)) <= 80
