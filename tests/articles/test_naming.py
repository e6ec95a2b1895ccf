import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Article
from bot.articles.identity import id_from_name
from bot.articles.naming import file_stem


def stem(title: str, day: date | None = None) -> str:
    return file_stem(Article("a", title, (), published=day))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("افتتاحُ محطّةٍ تحليــة", "افتتاح-محطة-تحلية"),
        ("30 مليون دولار: صفقة «بالانتير»", "30-مليون-دولار-صفقة-بالانتير"),
        ("٣ أسئلة؟", "3-أسئلة"),
        ("A/B\\C..D:E*F?", "a-b-c-d-e-f"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "article-con"),
        ("com1", "article-com1"),
        ("؟!…", "article"),
        ("\u202egnp.exe", "gnp-exe"),
        ("😀 خبر", "خبر"),
    ],
)
def test_a_name_is_the_words_of_the_title(title: str, name: str) -> None:
    assert stem(title) == name


def test_the_day_comes_first() -> None:
    assert stem("خبر", date(2026, 3, 1)) == "2026-03-01-خبر"
    assert stem("؟", date(2026, 3, 1)) == "article-2026-03-01"


@given(title=st.text(), day=st.none() | st.dates())
def test_every_system_can_store_every_name(title: str, day: date | None) -> None:
    name = stem(title, day) + ".md"
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert name[0].isalnum()
    assert not re.match(r"(?:con|prn|aux|nul|com\d|lpt\d)\.", name, re.IGNORECASE)
    assert all(len(unicodedata.normalize(form, name).encode()) <= 255 for form in ("NFC", "NFD"))
    assert id_from_name(name) == unicodedata.normalize("NFC", name.removesuffix(".md"))


@given(title=st.text(min_size=200))
def test_long_titles_make_bearable_names(title: str) -> None:
    assert len(stem(title)) <= 80
