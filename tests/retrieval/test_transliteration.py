import pytest

from bot.retrieval.transliteration import likeness


@pytest.mark.parametrize(
    ("latin", "arabic", "other"),
    [
        ("putin", "بوتين", "بطن"),
        ("peter", "بيتر", "بدور"),
        ("london", "لندن", "نادي"),
        ("paris", "باريس", "ابرز"),
        ("macron", "ماكرون", "مقارن"),
        ("israel", "اسراييل", "زرل"),
        ("boeing", "بوينغ", "بنجاح"),
        ("shakespeare", "شكسبير", "سكسبر"),
    ],
)
def test_a_name_sounds_more_like_itself_than_like_another_word(latin: str, arabic: str, other: str) -> None:
    assert likeness(latin, arabic) == likeness(arabic, latin) > likeness(latin, other)
    assert likeness(latin, arabic) >= 0.6


def test_nothing_sounds_like_nothing() -> None:
    assert 0 <= likeness("'", "ء") <= 1
