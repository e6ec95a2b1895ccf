"""The self-test lets every sound edition pass, whatever its articles hold, and no other one."""

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Risk, SelfTest, SelfTestProcess
from bot.articles import Article, BoilerplatePhrases, Paragraph
from bot.articles.sources import DirectorySource
from bot.edition import (
    BuildProcess,
    Check,
    Edition,
    EditionBuilder,
    Editions,
    GateError,
    GoldenError,
    GoldenOutcome,
    GoldenQuestion,
    StageCallback,
    build_process,
    make_edition,
)
from bot.settings import CONFIG
from bot.texts import Texts, languages
from tests.answering.coverage import ANALYSER, ANSWERER, BRIDGE, FISHING, LIBRARY
from tests.edition.samples import build_here
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


TOWN = "افتتحت البلدية المكتبة العامة صباح الأحد بحضور مئات السكان."
GOLDEN = (GoldenQuestion("متى افتتحت المكتبة العامة؟", "town"), GoldenQuestion("ما عاصمة فرنسا؟", None))
BEGIN = build_process._START


def written(folder: Path, text: str = TOWN) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "town.md").write_text(f"---\ntitle: خبر المكتبة\n---\n\n{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EditionBuilder:
    """A builder that keeps every edition in a file."""
    build_here(monkeypatch)
    return EditionBuilder(BoilerplatePhrases.read(CONFIG / "marks.toml"), ANALYSER, tmp_path / "cache", 0)


def never(*_: object) -> GoldenOutcome:
    raise AssertionError("tested here")


def elsewhere(process: BuildProcess, here: Check | None = None, config: Path = CONFIG, seconds: float = 600.0) -> Check:
    """Test in a child, and only there unless something else is given."""
    self_test = SelfTest(ANSWERER)
    self_test.run = here or never  # type: ignore[assignment,method-assign]
    return SelfTestProcess(self_test, process, config, Risk.NORMAL, seconds=seconds).run


def failure(check: Check, edition: Edition, questions: Sequence[GoldenQuestion]) -> GateError:
    with pytest.raises(GateError) as caught:
        check(edition, questions, lambda *_: None)
    return caught.value


def test_a_child_finds_what_is_found_here(made: EditionBuilder, tmp_path: Path) -> None:
    edition, check = made.build(written(tmp_path / "town")), elsewhere(made.process)
    seen: list[tuple[str, int, int]] = []
    assert check(edition, GOLDEN, lambda *step: seen.append(step)) == GoldenOutcome(passed=2)
    assert seen == [("checking", 0, 0), ("checking", 0, 3), ("checking", 3, 3)]


@pytest.mark.slow
def test_golden_questions_fail_in_a_child_as_here(made: EditionBuilder, tmp_path: Path) -> None:
    edition = made.build(written(tmp_path / "town"))
    wrong = (GoldenQuestion(GOLDEN[0].question, "gone"), *GOLDEN)
    here, there = failure(CHECK, edition, wrong), failure(elsewhere(made.process), edition, wrong)
    assert isinstance(here, GoldenError)
    assert isinstance(there, GoldenError)
    assert (there.failures, there.values) == (here.failures, here.values)


@pytest.mark.slow
def test_a_child_tells_what_it_had_no_time_for_and_what_it_did_not_find(
    made: EditionBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    edition = made.build(written(tmp_path / "town"))
    slow = "from bot.answering import selftest\nselftest._SECONDS = -1.0\n"
    monkeypatch.setattr(build_process, "_START", slow + BEGIN)
    assert elsewhere(made.process)(edition, GOLDEN, lambda *_: None) == GoldenOutcome(unasked=2)
    assert "1 of 1 paragraphs and 2 of 2 golden questions were not tried" in caplog.text
    lost = "from bot.answering import selftest\nselftest.SelfTest._passes = lambda *_: False\n"
    monkeypatch.setattr(build_process, "_START", lost + BEGIN)
    error = failure(elsewhere(made.process), edition, ())
    assert (error.key, error.values) == ("gate.selftest", {"failed": 1, "total": 1, "article": "town", "paragraph": 1})


@pytest.mark.parametrize(
    ("answer", "seconds", "gate"),
    [
        ("re.match('(a|a)*b', 'a' * 99)", 0.1, "gate.endless"),
        pytest.param("os.kill(os.getpid(), 9)", 600.0, "gate.ended", marks=pytest.mark.slow),
    ],
)
def test_a_question_that_hangs_or_ends_the_test_fails_the_reload_and_the_old_edition_serves(  # noqa: PLR0913, PLR0917
    made: EditionBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, seconds: float, gate: str
) -> None:
    corpus, checks = written(tmp_path / "town"), iter([CHECK, elsewhere(made.process, seconds=seconds)])

    def check(edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback) -> GoldenOutcome:
        return next(checks)(edition, questions, progress)

    editions = Editions(DirectorySource(corpus), made.build, check=check)
    editions.reload()
    serving = editions.current
    hostile = f"import os, re\nfrom bot.answering import Answerer\nAnswerer.answer = lambda *_: {answer}\n"
    monkeypatch.setattr(build_process, "_START", hostile + BEGIN)
    written(corpus, TOWN + " وحضر الوالي.")
    with pytest.raises(GateError) as caught:
        editions.reload()
    assert caught.value.key == gate
    assert editions.current is serving
    for language in languages(CONFIG / "texts"):
        assert Texts.read(CONFIG / "texts", language)(caught.value.key, **caught.value.values)


@pytest.mark.slow
def test_who_ends_a_reload_ends_the_child_that_tests(
    made: EditionBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = made.build(written(tmp_path / "town"))
    hostile = "import re\nfrom bot.answering import selftest\n"
    hostile += "selftest._is_found = lambda *_: re.match('(a|a)*b', 'a' * 99)\n"
    monkeypatch.setattr(build_process, "_START", hostile + BEGIN)
    with pytest.raises(GateError, match="ended"):
        elsewhere(made.process)(edition, (), lambda _, __, total: made.stop() if total else None)


@pytest.mark.slow
def test_what_a_child_cannot_test_is_tested_here(made: EditionBuilder, tmp_path: Path) -> None:
    here = GoldenOutcome(passed=7)

    def outcome(edition: Edition, config: Path = CONFIG) -> GoldenOutcome:
        return elsewhere(made.process, lambda *_: here, config)(edition, GOLDEN, lambda *_: None)

    corpus = written(tmp_path / "town")
    edition = made.build(corpus)
    file = edition.file
    assert file is not None
    edited = tmp_path / "config"
    edited.mkdir()
    os.utime(written(edited) / "town.md", (2**32, 2**32))
    assert outcome(edition, edited) == here
    assert outcome(edition) == GoldenOutcome(passed=2)
    other = made.build(written(corpus, TOWN + " وحضر الوالي.")).file
    assert other is not None
    other.replace(file)
    assert outcome(edition) == here
    file.unlink()
    assert outcome(edition) == here
    assert outcome(make_edition([LIBRARY], (), ANALYSER)) == here
