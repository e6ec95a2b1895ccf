import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import BoilerplatePhrases, Corpus, RejectionReason, read_corpus
from tests.articles.corpus_invariants import check_corpus
from tests.articles.hostile_pieces import PIECES, TAGS, WORDS
from tests.examples import examples

LEFT_OUT = {RejectionReason.LINK_LEFT_OUT, RejectionReason.SOURCE_LEFT_OUT}
TEXT = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
BYTES = st.one_of(
    st.binary(), st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)), max_size=40).map(b"".join)
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=8,
)
RECORD = st.fixed_dictionaries(
    {"title": st.one_of(TEXT, JSON), "paragraphs": st.one_of(st.lists(TEXT, max_size=6), JSON)},
    optional={name: st.one_of(TEXT, JSON) for name in ("id", "url", "date", "outlet", "author", "language", "sources")},
)


def read_bytes(data: bytes, suffix: str, phrases: BoilerplatePhrases) -> Corpus:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, f"article{suffix}")
        path.write_bytes(data)
        return read_corpus(path, phrases)


@pytest.mark.parametrize("suffix", [".md", ".txt", ".jsonl", ".html"])
@examples(150)
@given(data=BYTES)
def test_no_bytes_raise(phrases: BoilerplatePhrases, suffix: str, data: bytes) -> None:
    check_corpus(read_bytes(data, suffix, phrases))


@examples(150)
@given(body=TEXT)
def test_no_markdown_raises(phrases: BoilerplatePhrases, body: str) -> None:
    check_corpus(read_bytes(b"---\ntitle: a\n---\n" + body.encode("utf-8", "replace"), ".md", phrases))


@examples(150)
@given(parts=st.lists(st.one_of(st.sampled_from(TAGS), TEXT), max_size=60))
def test_no_page_raises(phrases: BoilerplatePhrases, parts: list[str]) -> None:
    check_corpus(read_bytes(b"<html>" + "".join(parts).encode("utf-8", "replace"), ".html", phrases))


@examples(150)
@given(records=st.lists(RECORD, max_size=4))
def test_no_records_raise(phrases: BoilerplatePhrases, records: list[dict[str, object]]) -> None:
    corpus = read_bytes("\n".join(map(json.dumps, records)).encode(), ".jsonl", phrases)
    check_corpus(corpus)
    # Of a line that was read without its link or a source there are both.
    lost = [rejection for rejection in corpus.rejections if rejection.reason not in LEFT_OUT]
    assert records == [] or len(corpus.articles) + len(lost) == len(records)


@examples(200)
@given(
    words=st.lists(
        st.sampled_from(["قافلة", "عبرت", "الوادي.", "شاهد أيضًا:", "(رويترز)", "«قال»", "؟", "\n"]), max_size=80
    )
)
def test_every_paragraph_of_a_text_stands_in_its_file(phrases: BoilerplatePhrases, words: list[str]) -> None:
    text = re.sub(" ?\n ?", "\n", " ".join(words))
    for article in read_bytes(text.encode(), ".txt", phrases).articles:
        assert all(paragraph.text in text for paragraph in article.paragraphs)
