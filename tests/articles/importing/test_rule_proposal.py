import pytest

from bot.articles import ArticleError, BoilerplatePhrases
from bot.articles.html import SavedPage
from bot.articles.importing.rule_proposal import propose_rule, propose_rule_apart
from bot.articles.site_rules import SiteRule
from tests.articles.html.made.story import Story, document, stories

LINK = "https://www.manara.example/news/{}"


def page(number: int, story: Story, text: str = "story-text") -> SavedPage:
    parts = story.html().split("\n")
    # Of nothing in this box can be told that it is no text, but that every page has it.
    box = '<div class="house-note"><p>وللجريدة مراسلون في كل مدينة، وهي تصدر كل صباح منذ عام 1951 بلا انقطاع.</p></div>'
    links = f'<div class="deck_links"><a href="/n/{number}">{story.others[0]}</a></div>'
    body = f"""<div class="w-88"><h1>{story.title}</h1><div class="_a9K {text}">{"".join(parts[:5])}{box}{links}
    {"".join(parts[5:])}</div></div><div class="site-note"><p>هذا ما يقف تحت كل مقال في الجريدة، ولا يُقرأ.</p></div>"""
    return SavedPage(document(story, body), LINK.format(number))


def pages(text: str = "story-text") -> list[SavedPage]:
    return [page(number, story, text) for number, story in enumerate(stories()[:3])]


def test_the_smallest_element_of_a_lasting_name_is_the_text(phrases: BoilerplatePhrases) -> None:
    proposed = propose_rule(pages(), phrases)
    assert proposed is not None
    assert proposed.rule == SiteRule("manara.example", ".story-text", (".house-note", ".deck_links"))
    for story, before, after in zip(stories(), proposed.before, proposed.after, strict=False):
        assert [*after] == story.texts("p", "li", "quote")
        assert any("مراسلون" in text for text in before)
    assert proposed.as_toml() == (
        '[[site]]\nhost = "manara.example"\ntext = ".story-text"\nwithout = [".house-note", ".deck_links"]'
    )


async def test_a_child_proposes_the_same(phrases: BoilerplatePhrases) -> None:
    assert await propose_rule_apart(pages(), phrases) == propose_rule(pages(), phrases)


@pytest.mark.parametrize("name", ["css-1x2y3z", "x7", "sc-bdVaJa", "_story"])
async def test_a_name_of_one_build_is_none(phrases: BoilerplatePhrases, name: str) -> None:
    assert propose_rule(pages(name), phrases) is None
    assert await propose_rule_apart(pages(name), phrases) is None


def test_without_a_site_there_is_no_rule(phrases: BoilerplatePhrases) -> None:
    assert propose_rule([SavedPage(each.html) for each in pages()], phrases) is None


async def test_a_page_without_an_article_says_so(phrases: BoilerplatePhrases) -> None:
    empty = SavedPage("<html><body><p>لا شيء</p></body></html>", LINK.format(9))
    with pytest.raises(ArticleError):
        await propose_rule_apart([*pages(), empty], phrases)
