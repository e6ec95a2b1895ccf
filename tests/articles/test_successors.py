"""What of a quote stands in a later version of its article, and what stands in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article, Paragraph, find_successor, has_sentences

QUOTED = "بلغت كلفة الجسر الجديد ثلاثين مليون دولار."


def of(*paragraphs: str) -> Article:
    return Article("a", "الجسر", tuple(map(Paragraph, paragraphs)))


def successor(article: Article, quoted: str) -> str | None:
    place = find_successor(article, quoted)
    return place and article.paragraphs[place[0]].text[place[1].start : place[1].end]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [f"افتُتح الجسر يوم الأحد. {QUOTED}"],
        ["افتُتح الجسر يوم الأحد.", QUOTED],
        ["بلغت كلفة الجسر الجديد ثلاثينَ مليون دولار، بحسب الوزارة."],
    ],
    ids=["another sentence before", "another paragraph", "vowels, signs and more words"],
)
def test_a_quote_stands_wherever_its_sentences_do(paragraphs: list[str]) -> None:
    assert has_sentences(of(*paragraphs), QUOTED)


def test_two_sentences_stand_apart_as_well() -> None:
    assert has_sentences(of("حضر الوزير.", f"وغاب النائب. {QUOTED}"), f"حضر الوزير. {QUOTED}")
    assert not has_sentences(of("حضر الوزير."), f"حضر الوزير. {QUOTED}")


@pytest.mark.parametrize(
    ("paragraphs", "now"),
    [
        ([QUOTED.replace("ثلاثين", "أربعين")], QUOTED.replace("ثلاثين", "أربعين")),
        (
            ["حضر الوزير.", f"وقال إن {QUOTED.replace('ثلاثين', '40')} وغاب النائب."],
            "وقال إن بلغت كلفة الجسر الجديد 40 مليون دولار.",
        ),
        (["حضر الوزير ولم يقل شيئاً."], None),
        ([], None),
    ],
)
def test_what_stands_in_its_place_is_the_sentence_most_like_it(paragraphs: list[str], now: str | None) -> None:
    assert not has_sentences(of(*paragraphs), QUOTED)
    assert successor(of(*paragraphs), QUOTED) == now


def test_of_two_sentences_that_which_is_left_stands() -> None:
    article = of("حضر الوزير حفل الافتتاح.", "وغاب النائب.")
    assert successor(article, f"حضر الوزير حفل الافتتاح. {QUOTED}") == "حضر الوزير حفل الافتتاح."


words = st.lists(
    st.sampled_from(["حضر", "غاب", "الوزير", "النائب", "أمس", "اليوم", "ثلاثون", "أربعون"]), min_size=1, max_size=8
)
texts = st.lists(words.map(lambda some: f"{' '.join(some)}."), min_size=1, max_size=4).map(" ".join)


@given(st.lists(texts, max_size=4), texts)
def test_what_stands_in_the_place_of_a_quote_is_verbatim(paragraphs: list[str], quoted: str) -> None:
    article = of(*paragraphs)
    place = find_successor(article, quoted)
    if place is not None:
        number, span = place
        assert 0 <= span.start < span.end <= len(article.paragraphs[number].text)
    assert has_sentences(of(quoted, *paragraphs), quoted)
