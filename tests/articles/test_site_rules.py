import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from bot.articles import BoilerplatePhrases
from bot.articles.html import read_html, read_page
from bot.articles.site_rules import SiteRule, read_site_rules, rule_of, selector_xpath
from bot.settings import CONFIG
from tests.articles.conftest import Write

PAGE = """<body id=top><div class="a b" data-x="one two"><p id=first>1</p><ul><li class=b>2</li></ul></div>
<section class=b-c><p lang=ar-EG>3</p></section></body>"""
TEXT = "بدأت البلدية إصلاح الجسر القديم صباح الأحد، وقالت إن العمل فيه يدوم ثلاثة أشهر كاملة على الأقل."
BOX = "وهذه فقرة في صندوق لا يعرف أحد من شكله وحده أنه ليس من نص المقال، فلها فعل وفاعل ونقطة."


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("p", ["1", "3"]),
        ("#first", ["1"]),
        ("div.a.b > p", ["1"]),
        (".a > li", []),
        (".a .b", ["2"]),
        ("ul>li.b", ["2"]),
        ("section p, #first", ["1", "3"]),
        ("[lang]", ["3"]),
        ('[lang^="ar"]', ["3"]),
        ("[lang$='EG']", ["3"]),
        ("[lang*=r-E]", ["3"]),
        ("[lang=ar-EG]", ["3"]),
        ("[data-x~=two] p", ["1"]),
        ("[data-x=two]", []),
        (".b-c *", ["3"]),
        ("body > section.b-c", ["3"]),
    ],
)
def test_a_selector_finds_what_it_finds_in_css(selector: str, found: list[str]) -> None:
    elements = document_fromstring(PAGE).xpath(selector_xpath(selector))
    assert [element.text_content().strip() for element in elements] == found


@pytest.mark.parametrize(
    "selector",
    ["", " ", ",", "p,", "p >", "> p", "p:first-child", "p::before", "[", "[a='x\"]", ".1", "p + p", "//p", "a..b"],
)
def test_what_is_no_selector_is_named(selector: str, write: Write) -> None:
    with pytest.raises(ValueError, match="selector"):
        selector_xpath(selector)
    file = write("sites.toml", f"[[site]]\nhost = 'a.example'\nwithout = ['''{selector}''']\n")
    with pytest.raises(ValueError, match=r"sites\.toml, \[\[site\]\] 1 \(a\.example\): .*selector"):
        read_site_rules(file)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[site", "not valid TOML"),
        ("site = 1", "must hold"),
        ("[other]", "must hold"),
        ("[[site]]\nhost = 'a.example'", r"\[\[site\]\] 1: needs host"),
        ("[[site]]\ntext = 'p'", "needs host"),
        ("[[site]]\nhost = 'a.example'\ntext = 'p'\nmore = 1", "nothing else"),
        ("[[site]]\nhost = 'https://a.example/x'\ntext = 'p'", "a host alone"),
        ("[[site]]\nhost = 'localhost'\ntext = 'p'", "a host alone"),
        ("[[site]]\nhost = 'a.example'\ntext = ['p']", "in quotes"),
        ("[[site]]\nhost = 'a.example'\nwithout = 'p'", "a list"),
        ("[[site]]\nhost = 'a.example'\nwithout = [1]", "no CSS selector"),
        ("[[site]]\nhost = 'a.example'\ntext = 'p'\n" * 2, "two rules for a.example"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(write: Write, content: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_site_rules(write("sites.toml", content))


def test_the_file_that_ships_has_no_rule_and_none_is_needed(tmp_path: Path) -> None:
    assert read_site_rules(CONFIG / "sites.toml") == read_site_rules(tmp_path / "none.toml") == ()


def test_a_host_has_the_rule_of_the_nearest_host_above_it() -> None:
    rules = (SiteRule("a.example", "p"), SiteRule("b.a.example", "div"))
    found = [rule_of(rules, host) for host in ("a.example", "www.a.example", "c.b.a.example", "ba.example", "example")]
    assert found == [rules[0], rules[0], rules[1], None, None]


def page(host: str = "a.example") -> str:
    head = f'<meta charset="utf-8"><title>إصلاح الجسر</title><link rel="canonical" href="https://{host}/n/1">'
    rest = "".join(f"<p>{TEXT.replace('الأحد', day)}</p>" for day in ("الاثنين", "الثلاثاء"))
    body = f"<div class=y><h1>إصلاح الجسر</h1><div class=x><p>{TEXT}</p><div class=box><p>{BOX}</p></div>{rest}"
    note = "<div class=note><p>ملاحظة تقف تحت المقال في كل صفحة، ولا يقرؤها إلا من يطلبها.</p></div>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</div>{note}</div></body></html>"


def texts(phrases: BoilerplatePhrases, rule: SiteRule, html: str = "") -> list[str]:
    return [each.text for each in read_html("x", html or page(), replace(phrases, sites=(rule,))).paragraphs]


def test_a_rule_says_what_is_the_text_and_what_goes(phrases: BoilerplatePhrases) -> None:
    assert BOX in texts(phrases, SiteRule("b.example", ".x", (".box",)))
    days = [TEXT.replace("الأحد", day) for day in ("الأحد", "الاثنين", "الثلاثاء")]
    assert texts(phrases, SiteRule("a.example", ".x", (".box",))) == days
    assert texts(phrases, SiteRule("a.example", ".x")) == [days[0], BOX, *days[1:]]
    assert texts(phrases, SiteRule("a.example", "", (".box", ".note"))) == days
    assert texts(phrases, SiteRule("a.example", ".box")) == [BOX]


def test_where_a_rule_finds_nothing_the_page_is_read_as_any_other(phrases: BoilerplatePhrases) -> None:
    general = texts(phrases, SiteRule("b.example", ".x"))
    assert texts(phrases, SiteRule("a.example", ".none", (".gone",))) == general
    assert texts(phrases, SiteRule("a.example", "h1")) == general


def test_the_title_is_read_from_the_whole_page(phrases: BoilerplatePhrases) -> None:
    read = read_page("x", page(), replace(phrases, sites=(SiteRule("a.example", ".x"),)))
    assert read.article.title == "إصلاح الجسر"
    assert all("ملاحظة" not in block.text for block in read.page_blocks)


def test_a_comment_is_no_text_even_where_a_rule_says_so(phrases: BoilerplatePhrases) -> None:
    html = page().replace(
        "</div><div class=note>", f"<div class=comments><p>{BOX[:40]}، كذب كله.</p></div></div><div class=note>"
    )
    assert len(texts(phrases, SiteRule("a.example", ".x", (".box",)), html)) == 3


def test_rules_can_be_handed_to_another_process(phrases: BoilerplatePhrases) -> None:
    ruled = replace(phrases, sites=(SiteRule("a.example", ".x", (".box", "p")),))
    assert BoilerplatePhrases.from_lists(json.loads(json.dumps(asdict(ruled)))) == ruled
    assert BoilerplatePhrases.from_lists(asdict(ruled)) == ruled
