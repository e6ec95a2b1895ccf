"""The self-test lets every sound edition pass, whatever its articles hold, and no other one."""

from dataclasses import replace
from functools import partial
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import SelfTest
from bot.articles import Article, Paragraph
from bot.edition import Edition, GateError, GoldenError, GoldenOutcome, GoldenQuestion, make_edition
from bot.settings import CONFIG
from bot.texts import Texts, languages
from tests.answering.coverage import ANALYSER, ANSWERER, BRIDGE, FISHING, LIBRARY
from tests.retrieval.coverage import embedded

WORDS = st.lists(
    st.sampled_from(["قال", "في", "المكتبة", "البلدية", "12", "…", "و", "الأحد", "!"]), min_size=1, max_size=9
)
BODIES = st.lists(WORDS.map(" ".join) | st.text(min_size=1, max_size=60), min_size=1, max_size=4)
CHECK = SelfTest(ANSWERER).run


def edition(*bodies: list[str]) -> Edition:
    articles = [
        Article(f"a{number}", f"خبر {number}", tuple(Paragraph(text) for text in body))
        for number, body in enumerate(bodies)
    ]
    return make_edition(articles, (), ANALYSER)


@given(st.lists(BODIES, min_size=1, max_size=6))
def test_every_sound_edition_passes(bodies: list[list[str]]) -> None:
    assert CHECK(edition(*bodies), ()) == GoldenOutcome()


def test_passages_that_say_the_same_in_common_words_pass() -> None:
    assert CHECK(edition(*[["قالت البلدية إن المكتبة للجميع."]] * 300), ()) == GoldenOutcome()


def test_an_index_of_other_articles_does_not_pass() -> None:
    sound, other = (make_edition(articles, (), ANALYSER) for articles in ([LIBRARY, BRIDGE], [BRIDGE, FISHING]))
    with pytest.raises(GateError) as caught:
        CHECK(replace(sound, index=other.index), ())
    assert caught.value.key == "gate.selftest"
    assert caught.value.values["total"] == 4
    for language in ("ar", "en"):
        assert str(caught.value.values["article"]) in Texts.read(CONFIG / "texts", language)(
            caught.value.key, **caught.value.values
        )


def test_an_index_that_lost_its_postings_does_not_pass() -> None:
    sound, other = (make_edition(articles, (), ANALYSER) for articles in ([LIBRARY], [FISHING]))
    embedded(sound).stems = embedded(other).stems
    with pytest.raises(GateError, match="selftest"):
        CHECK(sound, ())


def test_what_takes_longer_than_it_may_is_told(caplog: pytest.LogCaptureFixture) -> None:
    made = edition(*[[f"خبر عن القرية {number}."] for number in range(80)])
    golden = [GoldenQuestion("من زار المريخ؟", None)] * 20
    outcome = SelfTest(ANSWERER, clock=partial(next, count(step=1.0))).run(made, golden)
    assert outcome == GoldenOutcome(passed=10, unasked=10)
    assert "40 of 50 paragraphs and 10 of 20 golden questions were not tried" in caplog.text
    for language in languages(CONFIG / "texts"):
        assert Texts.read(CONFIG / "texts", language)(**outcome.words).count("10") == 2


def test_a_golden_question_that_fails_is_told_of_those_that_were_asked() -> None:
    made = edition(["خبر عن القرية."])
    golden = [GoldenQuestion("أين القرية؟", "gone")] * 20
    with pytest.raises(GoldenError) as caught:
        SelfTest(ANSWERER, clock=partial(next, count(step=1.0))).run(made, golden)
    assert caught.value.values == {"failed": 10, "total": 10}


def test_the_sample_is_the_same_for_the_same_content_and_progress_ends() -> None:
    seen: list[tuple[str, int, int]] = []
    made = edition(*[[f"خبر عن القرية {number}."] for number in range(80)])
    assert SelfTest(ANSWERER, sample=10).run(made, (), lambda *step: seen.append(step)) == GoldenOutcome()
    assert seen == [("checking", done, 10) for done in range(11)]
