"""The sentences in which two versions of an article differ."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, ChangedSentence, Paragraph, changed_sentences

OLD = Article("a", "شركة", (Paragraph("تأسست عام 2003. ومقرها دنفر."), Paragraph("لها فروع.")))
SENTENCES = st.lists(st.sampled_from(["بدأ العام.", "انتهى العام.", "نام الطفل.", "عاد القطار."]), max_size=5)


def test_nothing_differs_in_the_same_text() -> None:
    assert not list(changed_sentences(OLD, replace(OLD, url="https://news.example/a")))


def test_a_sentence_has_what_stood_in_its_place() -> None:
    new = replace(OLD, title="الشركة", paragraphs=(Paragraph("تأسست عام 2004. ومقرها دنفر."),))
    assert list(changed_sentences(OLD, new)) == [
        ChangedSentence("شركة", "الشركة"),
        ChangedSentence("تأسست عام 2003.", "تأسست عام 2004."),
        ChangedSentence("لها فروع.", ""),
    ]


@given(SENTENCES, SENTENCES)
def test_what_was_and_what_is_make_up_the_difference(before: list[str], after: list[str]) -> None:
    old, new = (Article("a", "شركة", (Paragraph(" ".join(words)),)) for words in (before, after))
    changes = list(changed_sentences(old, new))
    assert bool(changes) is (before != after)
    assert len(after) - len(before) == sum(bool(one.new) - bool(one.old) for one in changes)
