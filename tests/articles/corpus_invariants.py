"""Invariants of every corpus, whatever its files hold."""

import re

from bot.articles import Corpus

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def check_corpus(corpus: Corpus) -> None:
    assert len({article.id for article in corpus.articles}) == len(corpus.articles)
    for article in corpus.articles:
        texts = [paragraph.text for paragraph in article.paragraphs]
        sections = [paragraph.section or "" for paragraph in article.paragraphs]
        names = [source.name for source in article.sources]
        links = [source.url or "" for source in article.sources]
        outlet, url = article.outlet or "", article.url or ""
        for text in [article.id, article.title, outlet, url, *names, *links, *texts, *sections]:
            assert not INVISIBLE.search(text)
        assert all(text == " ".join(text.split()) != "" for text in texts)
