"""Tests of the numbers of documents: as in a base where that has them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.retrieval.opensearch.index_fields import GAP
from bot.retrieval.opensearch.publications import document_numbers
from bot.retrieval.opensearch.publications.document_numbers import DocumentNumbers, number_changes, number_documents
from bot.retrieval.opensearch.publications.side_file import side_arrays, side_facts
from bot.storage import Arrays, StringTable, strip_prefix
from tests.retrieval.coverage import ANALYSER

WORDS = ["المكتبة", "الجسر", "البلدية", "افتتحت", "السوق", "القديم", "طقس", "معتدل", "وزارة", "اليوم"]
NEWS = [
    Article(str(number), f"خبر {number}", (Paragraph(word), Paragraph(f"{word} اليوم")))
    for number, word in enumerate(WORDS * 3)
]


def arrays_of(articles: Sequence[Article]) -> Arrays:
    return make_edition(articles, (), ANALYSER).arrays


def number(articles: Sequence[Article], base: Sequence[Article]) -> DocumentNumbers | None:
    old = arrays_of(base)
    whole = number_documents(old)
    return number_changes(arrays_of(articles), side_arrays(old, whole), side_facts(old, whole))


def changed(article: Article) -> Article:
    return replace(article, paragraphs=(*article.paragraphs, Paragraph("تصحيح")))


def test_documents_of_a_whole_edition_have_room_between_articles() -> None:
    whole = number_documents(arrays_of(NEWS))
    assert whole.keys.tolist() == [place * GAP for place in range(1, 31)]
    assert whole.is_sent.all()


def test_a_changed_article_takes_the_place_of_the_old_one_under_another_key() -> None:
    found = number([*NEWS[:5], changed(NEWS[5]), *NEWS[6:]], NEWS)
    assert found
    assert np.flatnonzero(found.is_sent).tolist() == [5]
    assert found.keys.tolist() == [place * GAP if place != 6 else 11 * GAP // 2 for place in range(1, 31)]


@pytest.mark.parametrize(
    ("articles", "sent"),
    [
        (NEWS, []),
        (NEWS[1:], []),
        (NEWS[:-1], []),
        ([changed(NEWS[0]), *NEWS[1:]], [0]),
        ([*NEWS[:-1], changed(NEWS[-1])], [29]),
        ([replace(NEWS[0], id="a"), *NEWS, replace(NEWS[0], id="b")], [0, 31]),
        # Of two whose order is another, one is sent anew.
        ([*NEWS[:3], NEWS[4], NEWS[3], *NEWS[5:]], [4]),
    ],
)
def test_keys_are_in_order_and_never_those_of_what_an_edition_lacks(articles: list[Article], sent: list[int]) -> None:
    found = number(articles, NEWS)
    assert found
    assert np.flatnonzero(found.is_sent).tolist() == sent
    assert (np.diff(found.keys) > 1).all()
    taken = {
        (NEWS.index(article) + 1) * GAP for article, is_new in zip(articles, found.is_sent, strict=True) if not is_new
    }
    assert {*found.keys.tolist()} & {place * GAP for place in range(1, 31)} == taken


def test_what_has_changed_much_is_numbered_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert number([changed(article) for article in NEWS], NEWS) is None
    assert number(NEWS[5:], NEWS) is None
    assert number(NEWS, []) is None
    monkeypatch.setattr(document_numbers, "GAP", 2)
    assert number([*NEWS[:5], changed(NEWS[5]), *NEWS[6:]], NEWS) is None


def test_a_base_of_much_longer_passages_is_none() -> None:
    base = [
        Article(str(at), "خبر", (Paragraph(" ".join(WORDS[:4] * 40 if at == 0 else WORDS[:2])),)) for at in range(9)
    ]
    assert number(base[1:], base) is None
    assert number([*base[:8]], base) is not None


drawn = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=6)


@given(drawn, drawn)
def test_words_and_frequencies_are_those_of_all_documents(old: list[list[str]], new: list[list[str]]) -> None:
    base, later = (
        [Article(f"{name}{at}", "خبر", (Paragraph(" ".join(words)),)) for at, words in enumerate(texts)]
        for name, texts in (("old", old), ("new", new))
    )
    articles = [*base[::2], *later]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_numbers, "_MOST_CHANGED", np.inf)
        patch.setattr(document_numbers, "_MOST_LONGER", np.inf)
        found = number(articles, base)
    assert found
    held, all_held = arrays_of(articles), arrays_of([*base, *later])
    words = list(StringTable.from_arrays(strip_prefix(arrays_of(base), "index.vocabulary.words")))
    for word, document_word in zip(strings(held, "words"), found.words.tolist(), strict=True):
        assert (document_word < len(words)) == (word in words)
        assert document_word >= len(words) or words[document_word] == word
    assert found.document_words[found.words].tolist() == list(range(len(found.words)))
    frequencies = Counter(dict(zip(strings(all_held, "forms"), frequencies_of(all_held), strict=True)))
    assert [frequencies[form] for form in strings(held, "forms")] == found.frequencies.tolist()
    lengths = all_held["index.stems.postings.lengths"]
    assert found.passages == len(lengths)
    assert found.length == pytest.approx(lengths.mean())


def strings(arrays: Arrays, name: str) -> list[str]:
    return list(StringTable.from_arrays(strip_prefix(arrays, f"index.vocabulary.{name}")))


def frequencies_of(arrays: Arrays) -> list[int]:
    frequencies: list[int] = np.diff(arrays["index.stems.postings.starts"]).tolist()
    return frequencies
