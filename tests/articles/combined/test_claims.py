"""Two outlets on one machine, `127.0.0.1` and `localhost`: neither speaks in the other's name or takes its place."""

import logging
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles import Article
from bot.articles.sources import Fetched, Source
from bot.articles.validation import site_of
from bot.chat.cards.source_lines import outlet_name
from tests.articles.feeds.feed_site import page, text, title
from tests.articles.page_server import PageServer
from tests.chat.samples import ARABIC

from .conftest import Combining, articles, problems

OWN, OTHER = "وكالة الميناء", "موقع مجهول"
FORGED = "تسعين مليونا."


def elsewhere(link: str) -> str:
    """Write a link of the true outlet's host as one of the other's."""
    return link.replace("127.0.0.1", "localhost")


def claims(link: str, outlet: str = OWN) -> str:
    """Write all that a page can say of its link and outlet, in the forms that are read of it."""
    return (
        f'<link rel="canonical" href="{link}"><meta property="og:url" content="{link}">'
        f'<meta property="og:site_name" content="{outlet}"><link rel="amphtml" href="{link}?amp=1">'
        f'<meta name="twitter:site" content="{outlet}"><meta name="application-name" content="{outlet}">'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        f'"mainEntityOfPage":"{link}","url":"{link}","publisher":{{"@type":"Organization","name":"{outlet}"}}}}</script>'
    )


def feed(*items: tuple[int, str, str], name: str = OTHER) -> bytes:
    """Write pieces by number, link and text, "" where the feed has none; each item names another outlet for its own."""
    written = "".join(
        f"<item><title>{title(number)}</title><link>{link}</link><source url='{link}'>{OWN}</source>"
        f"<dc:publisher>{OWN}</dc:publisher><content:encoded><![CDATA[{body}]]></content:encoded></item>"
        for number, link, body in items
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{name}</title>{written}</channel></rss>'
    ).encode()


@dataclass
class Outlets:
    """A true outlet with a page for each of its pieces, and the host of another one."""

    site: PageServer
    combining: Combining

    def page(self, number: int, head: str = "", word: str = "", path: str = "") -> str:
        return self.site.serve(path or f"/news/{number}", page(number, word, head))

    def follow(self, *labelled: tuple[str, str], hosts: str = "", forget: bool = False) -> tuple[Source, Fetched]:
        """Fetch feeds, each with its outlet or "", as a file lists them."""
        if forget:
            self.combining.cache = self.combining.cache.parent / f"{self.combining.cache.name}-"
            self.combining.keep = self.combining.keep.parent / f"{self.combining.keep.name}-"
        tables = [f'[[source]]\nurl = "{url}"\n' + (f'outlet = "{name}"\n' if name else "") for name, url in labelled]
        listed = self.combining.cache.parent / "sources.toml"
        listed.write_text("".join(tables) + (f"hosts = [{hosts}]\n" if hosts else ""), encoding="utf-8")
        source = self.combining.source(str(listed))
        return source, source.fetch()

    def hostile(self, *items: tuple[int, str, str], name: str = OTHER) -> str:
        return elsewhere(self.site.serve("/hostile", feed(*items, name=name)))

    def true(self, *numbers: int) -> str:
        links = [(number, self.page(number), text(number) * 2) for number in numbers]
        return self.site.serve("/feed", feed(*links, name=OWN))


@pytest.fixture
def outlets(site: PageServer, combining: Combining) -> Outlets:
    return Outlets(site, combining)


def only(fetched: Fetched) -> Article:
    [article] = articles(fetched).values()
    return article


def test_a_page_speaks_for_no_other_host(outlets: Outlets, caplog: pytest.LogCaptureFixture) -> None:
    forged = elsewhere(outlets.page(1, claims(outlets.site.link("/news/2026/1"))))
    with caplog.at_level(logging.WARNING):
        source, fetched = outlets.follow((OTHER, outlets.hostile((1, forged, ""))))
    assert (only(fetched).outlet, only(fetched).url) == (OTHER, forged)
    assert [key for _, key in problems(source)] == ["feed.claims"]
    values = source.problems[0].error.values
    assert (values["number"], values["page"]) == ("1", forged)
    assert values["claimed"] == f"{OWN} {outlets.site.link('/news/2026/1')}"
    assert [OWN in record.getMessage() for record in caplog.records if record.name.endswith("feed_run")] == [True]


@pytest.mark.parametrize(
    ("head", "name", "outlet"),
    [
        ("claims", OWN, "localhost"),
        (f'<meta property="og:site_name" content="{OWN}">', OTHER, f"{OWN} (localhost)"),
        ("", OWN, f"{OWN} (localhost)"),
        ('<meta property="og:site_name" content="Local Host">', OTHER, "Local Host"),  # the host says the name
    ],
)
def test_a_name_that_nobody_vouches_for_has_its_host_beside_it(
    outlets: Outlets, head: str, name: str, outlet: str
) -> None:
    link = elsewhere(outlets.page(1, claims(outlets.site.link("/news/2026/1")) if head == "claims" else head))
    _, fetched = outlets.follow(("", outlets.hostile((1, link, ""), name=name)))
    assert (only(fetched).outlet, only(fetched).url) == (outlet, link)


def test_a_long_name_hides_no_host(outlets: Outlets) -> None:
    link = elsewhere(outlets.page(1, f'<meta property="og:site_name" content="{OWN} {"الأولى " * 40}">'))
    _, fetched = outlets.follow(("", outlets.hostile((1, link, ""))))
    outlet = only(fetched).outlet or ""
    assert (len(outlet), outlet[-11:]) == (63, "(localhost)")
    assert "localhost" in outlet_name(outlet, ARABIC)


def test_the_name_of_another_source_is_not_taken_at_all(outlets: Outlets) -> None:
    forged = elsewhere(outlets.page(1, f'<meta property="og:site_name" content="{OWN}">', path="/own/1"))
    hostile = outlets.hostile((1, forged, ""), name=OWN)
    for mine in ("", OTHER):
        source, fetched = outlets.follow((OWN, outlets.true(2)), (mine, hostile), forget=True)
        found = {article.url: article.outlet for article in articles(fetched).values()}
        assert found == {forged: mine or "localhost", outlets.site.link("/news/2"): OWN}
        assert [key for _, key in problems(source)] == ["feed.claims"]


def test_hosts_that_the_operator_names_are_believed(outlets: Outlets) -> None:
    meant = outlets.site.link("/news/2026/1")
    link = elsewhere(outlets.page(1, claims(meant)))
    hostile = outlets.hostile((1, link, ""))
    source, fetched = outlets.follow((OTHER, hostile), hosts='"127.0.0.1"')
    # A port of its own makes another host of it.
    assert only(fetched).url == link
    assert [key for _, key in problems(source)] == ["feed.claims"]


@pytest.mark.parametrize("first", ["true", "hostile"])
def test_a_text_under_the_link_of_another_outlet_is_asked_for_there(outlets: Outlets, first: str) -> None:
    true = outlets.true(1)
    hostile = outlets.hostile((1, outlets.site.link("/news/1"), text(1, FORGED) * 2))
    followed = [(OWN, true), (OTHER, hostile)]
    source, fetched = outlets.follow(*(followed if first == "true" else reversed(followed)))
    article = only(fetched)
    assert (article.outlet, article.url) == (OWN, outlets.site.link("/news/1"))
    assert FORGED not in "".join(paragraph.text for paragraph in article.paragraphs)
    assert [key for _, key in problems(source)] == ["feed.claims"]
    # An aggregator that is followed alone brings what the true outlet's page says.
    _, fetched = outlets.follow((OTHER, hostile), forget=True)
    assert (only(fetched).url, only(fetched).outlet) == (article.url, OTHER)
    assert FORGED not in "".join(paragraph.text for paragraph in only(fetched).paragraphs)


def test_what_was_gathered_before_has_the_outlet_that_the_operator_gives_now(outlets: Outlets) -> None:
    true = outlets.true(1)
    _, fetched = outlets.follow(("", true))
    assert only(fetched).outlet == f"{OWN} (127.0.0.1)"
    _, fetched = outlets.follow((OTHER, true))
    assert only(fetched).outlet == OTHER


def test_of_two_feeds_with_one_link_the_one_whose_host_it_is_gives_the_article(outlets: Outlets) -> None:
    """What was gathered before anybody looked at hosts is put right as well."""
    true, hostile = outlets.true(1), outlets.hostile((2, elsewhere(outlets.page(2)), ""))
    outlets.follow((OTHER, hostile), (OWN, true))
    [gathered] = outlets.combining.kept.local.glob("feeds/*/*2*.md")
    forged = gathered.read_text(encoding="utf-8").replace(
        elsewhere(outlets.site.link("/news/2")), outlets.site.link("/news/1")
    )
    gathered.write_text(forged.replace("أربعين مليونا", FORGED), encoding="utf-8")
    for followed in ([(OTHER, hostile), (OWN, true)], [(OWN, true), (OTHER, hostile)]):
        _, fetched = outlets.follow(*followed)
        assert (only(fetched).title, only(fetched).outlet) == (title(1), OWN)


LINKS = st.sampled_from(["own", "true", "user", "look-alike"])
HEADS = st.sampled_from(["", "link", "name", "both"])
ITEMS = st.lists(st.tuples(LINKS, HEADS, st.booleans()), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=ITEMS, outlet=st.sampled_from(["", OTHER]), is_first=st.booleans())
def test_no_outlet_speaks_in_anothers_name_or_takes_its_articles_place(
    outlets: Outlets, items: list[tuple[str, str, bool]], outlet: str, *, is_first: bool
) -> None:
    site, true = outlets.site, outlets.true(1, 2)
    listed = []
    for number, (link, head, has_text) in enumerate(items, 1):
        meant = site.link(f"/news/{number}")
        heads = {"": "", "link": claims(meant, ""), "name": claims("/", OWN), "both": claims(meant)}
        own = elsewhere(outlets.page(number, heads[head], FORGED, f"/own/{number}"))
        listed_as = {
            "own": own,
            "true": meant,
            "user": own.replace("http://", f"http://{meant[7:].partition('/')[0].replace(':', '%3A')}@"),
            "look-alike": meant.replace("127.0.0.1", "127.0.0.1.localhost"),
        }
        listed.append((number, listed_as[link], text(number, FORGED) * 2 if has_text else ""))
    followed = [(OWN, true), (outlet, outlets.hostile(*listed, name=OWN))]
    _, fetched = outlets.follow(*(reversed(followed) if is_first else followed), forget=True)
    found = {article.url or "": article for article in articles(fetched).values()}
    assert {site.link("/news/1"), site.link("/news/2")} <= found.keys()
    for url, article in found.items():
        is_forged = FORGED in "".join(paragraph.text for paragraph in article.paragraphs)
        assert site_of(url) == site_of(site.link() if not is_forged else elsewhere(site.link()))
        assert "@" not in url
        own_names = {outlet} if outlet else {"localhost", "127.0.0.1"}
        assert article.outlet in ({OWN} if url in {site.link("/news/1"), site.link("/news/2")} else own_names)
