"""Feeds with more of anything than feeds have: refused with a reason, or cut, before anything takes time by it."""

import json

import pytest

from bot.articles.sources import SourceError

from .test_feed_reader import START, read

ITEM = "<title>T</title><link>/1</link>"
END = "</channel></rss>"


def numbered(count: int, name: str) -> str:
    return " ".join(f"{name}{number}='u{number}'" for number in range(count))


_ATTRIBUTES = "".join(f"<item {numbered(90, 'a')}/>" for _ in range(4000))
_NAMESPACES = "".join(f"<item xmlns:n='u{number}'/>" for number in range(2000))
FLOODS = {
    "attributes of an item": (f"{START}<item {numbered(150_000, 'a')}>{ITEM}</item>{END}", "attributes"),
    "attributes of all": (START + _ATTRIBUTES + END, "attributes"),
    "namespaces": (f"{START}<item {numbered(2000, 'xmlns:n')}>{'<n0:x/>' * 9000}</item>{END}", "namespaces"),
    "namespaces inside": (START + _NAMESPACES + END, "namespaces"),
    "elements": (f"{START}{'<item/>' * 120_000}{END}", "elements"),
}


@pytest.mark.parametrize(("feed", "what"), FLOODS.values(), ids=list(FLOODS))
def test_more_than_feeds_have_is_refused(feed: str, what: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(feed)
    assert caught.value.key == f"feed.many_{what}"


def test_a_sitemap_has_a_bound_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.articles.feeds.xml_feeds._MOST_SITEMAP_ELEMENTS", 1000)
    assert len(read(f"<urlset>{'<url><loc>/1</loc></url>' * 499}</urlset>").entries) == 499
    with pytest.raises(SourceError) as caught:
        read(f"<urlset>{'<x/>' * 1001}</urlset>")
    assert caught.value.key == "feed.many_elements"


@pytest.mark.parametrize(
    "feed",
    [
        f"{START}<item><title>{'&lt;b&gt; ' * 200_000}</title><link>/1</link></item>{END}",
        json.dumps({"items": [{"url": "https://host.example/1", "title": "<b>" * 1_000_000}]}),
        f"{START}<item>{'<title>x' * 5000}{'</title>' * 5000}<link>/1</link></item>{END}",
    ],
    ids=["RSS", "JSON", "nested"],
)
def test_titles_are_cut(feed: str) -> None:
    assert all(len(entry.title) <= 4096 for entry in read(feed).entries)


def test_what_feeds_have_is_read_whole() -> None:
    text = "<p>" + "كلمة من خبر طويل. " * 2000 + "</p>"
    feed = f"{START}<item {numbered(60, 'a')}>{ITEM}<description><![CDATA[{text}]]></description></item>"
    namespaces = "".join(f"<item xmlns:dc='u'><dc:date>2026</dc:date><link>/{n}</link></item>" for n in range(500))
    parsed = read(feed + namespaces + END)
    assert parsed.entries[0].body == text
    assert len(parsed.entries) == 501
