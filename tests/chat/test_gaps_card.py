from datetime import UTC, datetime
from typing import cast

import pytest

from bot.answering import Gap, Gaps, Reason
from bot.chat.gaps_card import gaps_card
from bot.texts import Texts
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH

SINCE = datetime(2026, 11, 24, 9, tzinfo=UTC)


class Counted:
    """Gaps as given."""

    since = SINCE

    def __init__(
        self, *counts: int, private: int = 0, subject: str = "متحف البحر", example: str = "متى افتتح متحف البحر؟"
    ) -> None:
        self.noted = sum(counts)
        self.private = private
        self._gaps = [Gap(subject, Reason.OFF_TOPIC, count, (example,), SINCE) for count in counts]

    def most_frequent(self, limit: int) -> list[Gap]:
        return self._gaps[:limit]


def shown(*counts: int, texts: Texts = ARABIC, private: int = 0, **words: str) -> list[str]:
    card = gaps_card(cast("Gaps", Counted(*counts, private=private, **words)), texts)
    assert within_limits(card)
    return lines(card)[1:]


def test_without_gaps_it_says_so() -> None:
    assert shown() == ["لم يبقَ أي سؤال بلا جواب منذ بدأتُ العمل في 24 نوفمبر/تشرين الثاني 2026."]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("private", [1, 2, 3, 11, 100])
def test_private_questions_are_a_number_below_the_public_ones(texts: Texts, private: int) -> None:
    line = texts("gaps.private", count=private)
    assert shown(texts=texts, private=private)[-1] == line
    assert "علني" in shown(private=private)[0]
    listed = shown(2, 1, texts=texts, private=private)
    assert (len(listed), listed[-1]) == (4, line)


@pytest.mark.parametrize(
    ("count", "questions", "times"),
    [
        (1, "بقي سؤال واحد بلا", "مرّة واحدة: "),
        (2, "بقي سؤالان بلا", "مرّتين، مثل: "),
        (3, "بقيت 3 أسئلة بلا", "3 مرّات، مثل: "),
        (11, "بقي 11 سؤالاً بلا", "11 مرّةً، مثل: "),
        (100, "بقي 100 سؤال بلا", "100 مرّة، مثل: "),
    ],
)
def test_questions_and_times_are_counted_as_arabic_counts_them(count: int, questions: str, times: str) -> None:
    intro, line = shown(count)
    assert intro.startswith(questions)
    assert line == f"الموضوع «متحف البحر» سُئل عنه {times}«متى افتتح متحف البحر؟»"


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_long_and_hostile_words_stay_within_the_card(texts: Texts) -> None:
    subject, example = "# @everyone " * 30, "*[x](https://evil.example)" * 30
    listed = shown(*range(40, 0, -1), texts=texts, private=1000, subject=subject, example=example)
    assert "@everyone" not in listed[1].replace("\\@everyone", "")
