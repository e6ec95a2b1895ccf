import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.origins import ALL_ENTRIES, EntryFilter, EntryMatch

LINK, TITLE, SECTIONS = (
    "https://a.example/ar/economy/2026/%D8%B3%D9%88%D9%82-5",
    "ارتفاع أسعار القمح اليوم",
    ("اقتصاد",),
)


@pytest.mark.parametrize(
    ("match", "has"),
    [
        (EntryMatch(path=("/economy/",)), True),
        (EntryMatch(path=("economy",)), True),
        (EntryMatch(path=("ar/Economy",)), True),
        (EntryMatch(path=("econ",)), False),
        (EntryMatch(path=("/سوق-5",)), True),
        (EntryMatch(path=("a.example",)), False),
        (EntryMatch(section=("إقتصاد",)), True),
        (EntryMatch(section=("اقتصاد عالمي",)), False),
        (EntryMatch(words=("أسعار القَمح",)), True),
        (EntryMatch(words=("القمح أسعار",)), False),
        (EntryMatch(words=("قمح",)), False),
        (EntryMatch(path=("sport",), words=("القمح",)), True),
        (EntryMatch(), False),
    ],
)
def test_an_entry_is_named_by_whole_parts(match: EntryMatch, has: bool) -> None:
    assert match.has(LINK, TITLE, SECTIONS) is has
    assert EntryFilter(without=match).takes(LINK, TITLE, SECTIONS) is not has
    assert EntryFilter(only=match).takes(LINK, TITLE, SECTIONS) is (has or match == EntryMatch())


def test_of_what_is_named_alone_some_may_go() -> None:
    chosen = EntryFilter(EntryMatch(path=("economy",)), EntryMatch(words=("القمح",)))
    assert not chosen.takes(LINK, TITLE, SECTIONS)
    assert chosen.takes(LINK, "ارتفاع أسعار النفط", SECTIONS)
    assert not EntryFilter(only=EntryMatch(section=("اقتصاد",))).takes(LINK, TITLE, ())


@given(st.text(), st.text(), st.lists(st.text()))
def test_without_a_filter_every_entry_is_taken(link: str, title: str, sections: list[str]) -> None:
    assert ALL_ENTRIES.takes(link, title, sections)


@given(st.text(), st.text(), st.lists(st.text()), st.text(min_size=1))
def test_no_entry_raises(link: str, title: str, sections: list[str], words: str) -> None:
    match = EntryMatch((words,), (words,), (words,))
    assert EntryFilter(match, match).takes(link, title, sections) is False
