import pytest

from bot.articles import Article, ArticleTable, TableSpool, outlet_key, outlets


def articles(*names: str | None) -> ArticleTable:
    spool = TableSpool()
    for number, name in enumerate(names):
        spool.append(Article(f"a{number}", "خبر", (), outlet=name))
    return ArticleTable(spool.arrays())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("صحيفة الأنباء", "صحيفة الانباء"),
        ("صحيفة الأنباء", "صَحِيفةُ  الأنبــاء "),
        ("شبكة المنارة", "شبكه المناره"),
        ("The Lighthouse", "the LIGHTHOUSE"),
        ("القناة ٩", "القناة 9"),
    ],
)
def test_spellings_of_an_outlet_have_one_key(one: str, other: str) -> None:
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize("other", ["صحيفة الأنباء الجديدة", "الأنباء", "صحيفة البناء"])
def test_other_outlets_have_others(other: str) -> None:
    assert outlet_key(other) != outlet_key("صحيفة الأنباء")


def test_the_outlet_of_the_most_articles_comes_first() -> None:
    assert outlets(articles("الميناء", "المنارة", None, "المنارة")) == ("المنارة", "الميناء")


def test_of_as_many_articles_the_order_is_that_of_the_coverage() -> None:
    assert outlets(articles("ب", "أ", "ج")) == ("ب", "أ", "ج")


def test_an_outlet_is_listed_once_as_most_articles_spell_it() -> None:
    assert outlets(articles("الانباء", "الأنباء", "الميناء", "الأنباء")) == ("الأنباء", "الميناء")


def test_articles_without_outlet_have_none() -> None:
    assert outlets(articles(None, None)) == ()
