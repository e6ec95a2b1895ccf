import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.articles import Article, BoilerplatePhrases, read_corpus
from bot.articles.corpus_files import MOST_BYTES
from bot.articles.site_rules import read_site_rules
from bot.settings import CONFIG
from tests.articles.html.made.story import stories
from tests.articles.html.test_page import PAGES
from tests.articles.html.test_saved_pages import archive
from tests.articles.importing.test_rule_proposal import page
from tests.articles.page_server import PageServer, page_server
from tests.articles.word_documents import docx, paragraph
from tests.console.command_line import ARABIC, ENGLISH, CommandLine, complaint
from tests.console.conftest import Write
from tests.console.pseudo_terminal import PseudoTerminal

pytestmark = pytest.mark.usefixtures("forked_terminals")
NEWS = PAGES / "news.html"
LINK = "https://almina.example/local/2026/03/desalination-plant"
NAME = "2026-03-14-افتتاح-محطة-تحلية-في-خليج-المرجان.md"


@pytest.fixture
def server() -> Iterator[PageServer]:
    with page_server() as running:
        yield running


def articles(directory: Path) -> tuple[Article, ...]:
    corpus = read_corpus(directory, BoilerplatePhrases.read(CONFIG / "marks.toml"))
    assert corpus.rejections == ()
    return corpus.articles


def test_a_saved_page_becomes_an_article_of_the_corpus(isnad: CommandLine, coverage: Path) -> None:
    done = isnad("import", str(NEWS))
    title = "افتتاح محطة تحلية في خليج المرجان"
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        ARABIC("import.written", file=NAME, title=title, paragraphs=5),
        ARABIC("import.navigation", count=11),
    ]
    article = next(article for article in articles(coverage) if article.url == LINK)
    assert (article.title, article.outlet, article.author) == (title, "صحيفة الميناء", "سلمى الحداد")
    assert (article.published, article.language) == (date(2026, 3, 14), "ar")
    assert isnad("ask", "كم كلفت محطة تحلية خليج المرجان؟").code == 0


def test_a_link_is_fetched_where_that_is_allowed(isnad: CommandLine, directory: Path, server: PageServer) -> None:
    link = server.redirect("/short", server.serve("/long", (PAGES / "undated.html").read_bytes()))
    assert isnad("import", link, "--to", "new") == complaint("fetch.private", link=link, detail="")
    assert isnad("import", link, "--to", "new", "--allow-private").code == 0
    [article] = articles(directory / "new")
    assert article.url == server.link("/long")


@pytest.mark.parametrize(
    ("path", "key", "detail"), [("/nothing", "fetch.status", "404"), ("/picture", "fetch.kind", "image/png")]
)
def test_a_link_without_a_page_is_said_to_have_none(
    isnad: CommandLine, server: PageServer, path: str, key: str, detail: str
) -> None:
    server.serve("/picture", b"\x89PNG", "image/png")
    assert isnad("import", server.link(path), "--allow-private") == complaint(
        key, link=server.link(path), detail=detail
    )


def test_the_encoding_of_the_server_counts(isnad: CommandLine, directory: Path, server: PageServer) -> None:
    page = (PAGES / "undated.html").read_text(encoding="utf-8").replace('<meta charset="utf-8">', "")
    link = server.serve("/", page.encode("cp1256", "replace"), "text/html; charset=windows-1256")
    assert isnad("import", link, "--allow-private", "--to", "new").code == 0
    assert articles(directory / "new")[0].title == "كيف يصنع أهل القرية صابون الغار"


def test_a_web_archive_knows_its_link(isnad: CommandLine, directory: Path, write: Write) -> None:
    page = (PAGES / "undated.html").read_text(encoding="utf-8")
    write("page.mhtml", archive(page=page, link="https://hiraf.example/soap?utm_source=x"))
    assert isnad("import", "page.mhtml", "--to", "new").code == 0
    [article] = articles(directory / "new")
    assert (article.url, len(article.paragraphs)) == ("https://hiraf.example/soap", 3)


def test_a_word_document_is_imported_as_a_page_is(isnad: CommandLine, directory: Path, write: Write) -> None:
    body = "افتتح المجلس السوق القديم صباح السبت."
    write("market.docx", docx(paragraph("افتتاح السوق القديم", "a1"), paragraph(body), paragraph("اقرأ أيضاً: الجسر")))
    write("broken.docx", b"PK")
    done = isnad("import", "market.docx", "broken.docx", "--to", "new", "--yes")
    assert done.code == 2
    assert ARABIC("rejection.broken_document", place="broken.docx", detail="").rstrip() in done.err
    assert ARABIC("import.navigation", count=1) in done.out
    [article] = articles(directory / "new")
    assert (article.title, [one.text for one in article.paragraphs]) == ("افتتاح السوق القديم", [body])


def test_a_page_that_is_too_large_is_not_read(isnad: CommandLine, write: Write, server: PageServer) -> None:
    page = b"<html>" + b"<p>x" * (MOST_BYTES // 4)
    write("page.html", page)
    link = server.serve("/", page)
    done = isnad("import", "page.html", link, "--allow-private")
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines() == [
        ARABIC("rejection.too_large", place="page.html", detail="4.0 MB"),
        ARABIC("fetch.too_large", link=link, detail="4.0 MB"),
    ]


def test_all_sources_are_tried_and_each_is_accounted_for(isnad: CommandLine, directory: Path, write: Write) -> None:
    write("notes.html", "ملاحظات بلا وسوم")
    names = ["news.html", "navigation.html", "paywalled.html", "undated.html"]
    done = isnad("import", *(str(PAGES / name) for name in names), "notes.html", "none.html", "--to", "a/b")
    assert done.code == 2
    undated = "كيف-يصنع-أهل-القرية-صابون-الغار.md"
    assert done.err.splitlines() == [
        ARABIC("rejection.no_body", place=PAGES / "navigation.html", detail="").rstrip(),
        ARABIC("rejection.paywalled", place=PAGES / "paywalled.html", detail="").rstrip(),
        ARABIC("import.odd", file=undated, what=ARABIC("suspicion.no_date")),
        ARABIC("rejection.no_page", place="notes.html", detail="").rstrip(),
        ARABIC("rejection.missing", place="none.html", detail="").rstrip(),
    ]
    assert {path.name for path in (directory / "a/b").iterdir()} == {NAME, undated}


def test_nothing_is_overwritten_without_a_yes(isnad: CommandLine, directory: Path) -> None:
    assert isnad("import", str(NEWS), "--to", "new").code == 0
    [path] = (directory / "new").iterdir()
    path.write_text(path.read_text(encoding="utf-8").replace("62", "63"), encoding="utf-8")
    path = path.rename(directory / "new" / "edited.md")
    assert isnad("import", str(NEWS), "--to", "new") == complaint(
        "import.not_written.exists", source=NEWS, file="edited.md"
    )
    assert "63 مليون" in path.read_text(encoding="utf-8")
    # The article keeps its name, and with that its id.
    assert isnad("import", str(NEWS), "--to", "new", "--yes").code == 0
    assert list((directory / "new").iterdir()) == [path]
    assert "62 مليون" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "words"), [("نعم", "62 مليون"), ("y", "62 مليون"), ("لا", "قبل"), ("", "قبل"), ("\x04", "قبل")]
)
def test_a_person_is_asked(directory: Path, answer: str, words: str) -> None:
    path = directory / NAME
    path.write_text(f"---\ntitle: أ\nurl: {LINK}\n---\n\nقبل\n", encoding="utf-8")
    with PseudoTerminal("import", str(NEWS), "--to", ".") as terminal:
        terminal.wait_for(ARABIC("import.question.exists", source=NEWS, file=NAME)[-20:])
        terminal.type(answer if answer == "\x04" else f"{answer}\n")
        assert terminal.ends() == 0
    assert words in path.read_text(encoding="utf-8")


def test_articles_of_one_title_and_two_links_are_two(isnad: CommandLine, directory: Path, write: Write) -> None:
    write("second.html", NEWS.read_text(encoding="utf-8").replace("desalination-plant", "again"))
    assert isnad("import", str(NEWS), "second.html", "--to", "new").code == 0
    assert {path.name for path in (directory / "new").iterdir()} == {NAME, NAME.replace(".md", "-2.md")}


def a_page(title: str, text: str, head: str = "") -> str:
    meta = f"<title>{title}</title>{head}"
    return f"<html><head>{meta}</head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"


TEXTS = [
    (
        "بدأت البلدية إصلاح الجسر القديم صباح الأحد، وقالت إن العمل فيه يدوم ثلاثة أشهر كاملة. "
        "وتسلك السيارات طريق الساحل حتى ينتهي العمل، وتمنع الشرطة الشاحنات من دخول المدينة القديمة نهاراً وليلاً."
    ),
    (
        "فتحت الجامعة أبواب مكتبتها للسكان صباح الاثنين، وقال رئيسها إن فيها ثمانين ألف كتاب. "
        "ويستعير الزائر ثلاثة كتب في الأسبوع، ولا يدفع من لا يجاوز عمره عشرين عاماً ثمن البطاقة في السنة الأولى."
    ),
]


@pytest.mark.parametrize("titles", [("إصلاح الجسر", "فتح المكتبة"), ("موجز الأخبار", "موجز الأخبار")])
@pytest.mark.parametrize("head", ["", '<link rel="canonical" href="https://a.example/">'], ids=["no link", "home"])
def test_no_article_of_a_run_is_written_over_by_another(
    isnad: CommandLine, directory: Path, write: Write, titles: tuple[str, str], head: str
) -> None:
    for name, title, text in zip(("1.html", "2.html"), titles, TEXTS, strict=True):
        write(name, a_page(title, text, head))
    done = isnad("import", "1.html", "2.html", "--to", "new", "--yes")
    assert done.code == 0
    assert {article.paragraphs[0].text for article in articles(directory / "new")} == set(TEXTS)
    warning = ARABIC("import.namesake", file="موجز-الأخبار-2.md", other="موجز-الأخبار.md")
    assert (warning in done.err) == (titles[0] == titles[1])


@pytest.mark.parametrize(
    ("page", "odd"),
    [
        (a_page("الصفحة غير موجودة", f"عذراً، الصفحة التي تبحث عنها غير موجودة أو نُقلت. {TEXTS[0]}"), "error_page"),
        (a_page("تسجيل الدخول", f"أدخل بريدك الإلكتروني وكلمة المرور، أو أنشئ حساباً جديداً. {TEXTS[0]}"), "error_page"),
        (a_page("خبر عاجل", "أغلقت البلدية الجسر القديم صباح الأحد، ويدوم العمل فيه شهراً."), "short"),
        (a_page("خبر", "</p><p>".join([*TEXTS * 3, "لمتابعة القراءة يرجى الاشتراك"])), "paywall"),
        (
            a_page(
                "محليات", "</p>" + "".join(f'<h3><a href="/{n}">خبر {n}</a></h3><p>{n}: {TEXTS[0]}' for n in range(4))
            ),
            "front",
        ),
    ],
    ids=["error", "login", "short", "paywall", "front"],
)
def test_what_may_be_no_article_is_not_written_without_a_yes(
    isnad: CommandLine, directory: Path, write: Write, page: str, odd: str
) -> None:
    write("page.html", page)
    what = ARABIC(f"suspicion.{odd}")
    refused = complaint("import.not_written.no_article", source="page.html", what=what)
    assert isnad("import", "page.html", "--to", "new") == refused
    assert not (directory / "new").exists()
    done = isnad("import", "page.html", "--to", "new", "--yes")
    assert done.code == 0
    [written] = (directory / "new").iterdir()
    assert ARABIC("import.odd", file=written.name, what=what) in done.err


def test_all_that_is_doubtful_is_said_at_once(isnad: CommandLine, write: Write) -> None:
    write("page.html", a_page("الصفحة غير موجودة", "عذراً، الصفحة التي تبحث عنها غير موجودة أو نُقلت إلى عنوان آخر."))
    what = f"{ARABIC('suspicion.short')}؛ {ARABIC('suspicion.error_page')}"
    assert isnad("import", "page.html") == complaint("import.not_written.no_article", source="page.html", what=what)


def test_a_person_may_take_a_page_of_few_words(directory: Path, write: Write) -> None:
    write("page.html", a_page("خبر عاجل", "أغلقت البلدية الجسر القديم صباح الأحد، ويدوم العمل فيه شهراً."))
    for answer, exists in (("لا", False), ("نعم", True)):
        with PseudoTerminal("import", "page.html", "--to", "new") as terminal:
            terminal.wait_for("(نعم/لا)")
            terminal.type(f"{answer}\n")
            assert terminal.ends() == 0
        assert (directory / "new" / "خبر-عاجل.md").exists() is exists


def test_what_the_page_has_and_the_article_has_not_is_said(isnad: CommandLine, directory: Path, write: Write) -> None:
    facts = "".join(f"<p>{number}: {TEXTS[1]}</p>" for number in range(7))
    write("page.html", a_page("إصلاح الجسر", f"{TEXTS[0]}</p><aside>{facts}</aside><p>انتهى العمل في الجسر يوم الأحد."))
    done = isnad("import", "page.html", "--to", "new")
    name = "إصلاح-الجسر.md"
    assert done.code == 0
    assert done.err.splitlines() == [
        *(
            ARABIC("import.missing", file=name, opening=f"{number}: {' '.join(TEXTS[1].split()[:7])}…")
            for number in range(5)
        ),
        ARABIC("import.more_missing", count=2),
        ARABIC("import.odd", file=name, what=ARABIC("suspicion.no_date")),
    ]
    assert len(articles(directory / "new")[0].paragraphs) == 2


def test_the_times_of_a_live_page_are_said_to_be_missing(isnad: CommandLine) -> None:
    done = isnad("import", str(PAGES / "live.html"), "--to", "new")
    [name] = {path.name for path in Path("new").iterdir()}
    assert done.err.splitlines() == [
        ARABIC("import.missing", file=name, opening=time) for time in ("20:00", "15:30", "08:00")
    ]


def test_one_link_twice_in_a_run_is_told(isnad: CommandLine, directory: Path, write: Write) -> None:
    head = '<link rel="canonical" href="https://a.example/ar">'
    for name, title, text in (("1.html", "خبر", TEXTS[0]), ("2.html", "خبر", TEXTS[1]), ("3.html", "آخر", TEXTS[1])):
        write(name, a_page(title, text, head))
    done = isnad("import", "1.html", "1.html", "2.html", "3.html", "--to", "new", "--yes")
    assert done.code == 2
    assert ARABIC("import.same", source="1.html", file="خبر.md") in done.out
    assert ARABIC("import.twice", source="2.html", file="خبر.md") in done.err
    assert ARABIC("import.namesake", file="آخر.md", other="خبر.md") in done.err
    assert [article.paragraphs[0].text for article in articles(directory / "new")] == [TEXTS[1], TEXTS[0]]


@pytest.mark.parametrize("name", ["page.html", "all.jsonl:2"])
def test_an_article_in_another_form_is_not_written_a_second_time(
    isnad: CommandLine, directory: Path, write: Write, name: str
) -> None:
    record = {"title": "خبر", "url": LINK, "paragraphs": [TEXTS[0]]}
    if name == "page.html":
        write("new/page.html", NEWS.read_bytes())
    else:
        write("new/all.jsonl", "\n" + json.dumps(record, ensure_ascii=False))
    assert isnad("import", str(NEWS), "--to", "new") == complaint("import.not_written.held", source=NEWS, file=name)
    assert not (directory / "new" / NAME).exists()
    assert isnad("import", str(NEWS), "--to", "new", "--yes").code == 0
    assert (directory / "new" / NAME).exists()


@pytest.mark.parametrize(
    "title",
    [
        "&quot;\n---\nurl: https://evil.example\n---",
        "&#x202e;أخبار&#x2066;",
        "&lt;script&gt;alert(1)&lt;/script&gt; خبر",
        "../../../etc/passwd",
        "خبر: {a: [*b, &amp;c]} # %d !e | > @everyone",
        "x" * 3000,
    ],
    ids=["fence", "bidi", "script", "path", "yaml", "long"],
)
def test_no_title_escapes(isnad: CommandLine, directory: Path, write: Write, title: str) -> None:
    text = TEXTS[0]
    meta = f'<meta property="og:title" content="{title}">'
    write(
        "page.html",
        f"<html><head><title>x</title>{meta}</head><body><article><p>{text}</p></article></body></html>",
    )
    before = set(directory.rglob("*"))
    assert isnad("import", "page.html", "--to", "new").code == 0
    [written] = set(directory.rglob("*")) - before - {directory / "new"}
    assert written.parent == directory / "new"
    [article] = articles(directory / "new")
    assert [paragraph.text for paragraph in article.paragraphs] == [text]
    assert article.url is None
    assert not {"\u202e", "\u2066", "\n"} & set(article.title)


def test_a_file_is_no_place_for_articles(isnad: CommandLine, coverage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = coverage / "library.md"
    assert isnad("import", str(NEWS), "--to", str(path)).err == ARABIC("import.no_directory", path=path) + "\n"
    monkeypatch.setenv("CORPUS_URL", str(path))
    monkeypatch.setenv("REPLY_LANGUAGE", "en")
    assert isnad("import", str(NEWS)) == complaint("import.no_directory", ENGLISH, path=path)


def test_a_place_that_cannot_be_written_into_is_named(isnad: CommandLine, write: Write) -> None:
    write("file", "")
    done = isnad("import", str(NEWS), "--to", "file/below")
    place = Path("file/below") / NAME
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(ARABIC("import.unwritable", file=place, words="").rstrip())


def test_without_the_extra_it_is_named(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("bot.articles.html.extraction.import_module", missing)
    assert isnad("import", str(NEWS)) == complaint("rejection.no_extra", place=NEWS, detail="import")


def test_of_a_folder_its_files_are_asked_for(isnad: CommandLine, write: Write) -> None:
    write("pages/page.html", a_page("خبر", TEXTS[0]))
    assert isnad("import", "pages/", "--to", "new") == complaint("import.folder", folder="pages")


def test_a_rule_is_proposed_and_nothing_written(isnad: CommandLine, directory: Path) -> None:
    saved = [page(number, story) for number, story in enumerate(stories()[:3])]
    for each in saved:
        (directory / f"{(each.url or '')[-1]}.html").write_text(
            each.html.replace("</head>", f'<link rel="canonical" href="{each.url}"></head>'), encoding="utf-8"
        )
    files = [f"{number}.html" for number in range(3)]
    done = isnad("import", "--propose-rule", *files)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:4] == [
        *("[[site]]", 'host = "manara.example"', 'text = ".story-text"'),
        'without = [".house-note", ".deck_links"]',
    ]
    assert lines[4] == f"# {ARABIC('import.rule.page', source=files[0], before=11, after=11)}"
    assert next(line for line in lines if "مراسلون" in line).startswith("#   - ")
    (directory / "sites.toml").write_text(done.out, encoding="utf-8")
    assert [rule.host for rule in read_site_rules(directory / "sites.toml")] == ["manara.example"]
    (directory / "sites.toml").unlink()
    assert sorted(path.name for path in directory.glob("*.*")) == files


def test_a_rule_needs_several_pages_of_a_site(isnad: CommandLine) -> None:
    assert isnad("import", "--propose-rule", str(NEWS)) == complaint("import.rule.few", fewest=2)
    done = isnad("import", "--propose-rule", str(PAGES / "undated.html"), str(PAGES / "old.html"))
    assert done == complaint("import.rule.none")


def test_what_a_page_lacks_for_a_rule_is_named(isnad: CommandLine) -> None:
    done = isnad("import", "--propose-rule", str(NEWS), str(PAGES / "navigation.html"))
    assert (done.code, done.out) == (2, "")
    assert done.err
