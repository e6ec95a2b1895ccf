"""Golden questions: how they are read, and that an edition which fails them does not serve."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.articles.sources import DirectorySource
from bot.edition import (
    Edition,
    Editions,
    GateError,
    GoldenError,
    GoldenFailure,
    GoldenOutcome,
    GoldenQuestion,
    StageCallback,
    Unchanged,
)
from bot.edition.gates import read_golden
from bot.retrieval import SearchAwayError
from tests.edition.samples import (
    BRIDGE,
    CHECK,
    LIBRARY,
    MUSEUM,
    Counted,
    build,
    builder,
    ids,
    reloaded,
    write,
    write_lines,
)
from tests.retrieval.opensearch.outage import Outage, on_server

WHEN = "متى افتتحت البلدية المكتبة العامة؟"
FOREIGN = "ما عاصمة فرنسا؟"
GOLDEN = f"""
# What readers ask most.
- question: {WHEN}
  article: library
- question: "{FOREIGN}"
  refuse: true
"""


def test_questions_are_read_and_are_no_article(town: Path) -> None:
    (town / "questions.yaml").write_text(GOLDEN)
    assert read_golden(town) == (GoldenQuestion(WHEN, "library"), GoldenQuestion(FOREIGN, None))
    editions = Editions(DirectorySource(town), Counted())
    editions.reload()
    assert (ids(editions), editions.current.rejections) == (["bridge", "library"], ())


@pytest.mark.parametrize("yes", ["true", "True", "yes", "YES", "on", "'yes'"])
def test_a_refusal_is_wanted_in_all_words_that_yaml_has_for_it(town: Path, yes: str) -> None:
    (town / "questions.yaml").write_text(f"- question: {FOREIGN}\n  refuse: {yes}\n")
    assert read_golden(town) == (GoldenQuestion(FOREIGN, None),)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]"])
def test_a_file_without_questions_asks_nothing(town: Path, text: str) -> None:
    (town / "questions.yaml").write_text(text)
    assert read_golden(town) == read_golden(town / "library.md") == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("question: x\narticle: y\n", 1),
        ("- question: x\n", 1),
        ("- question: x\n  article: y\n- question: z\n  refuse: false\n", 3),
        ("- question: x\n  article: y\n  refuse: true\n", 1),
        ("- question: ''\n  article: y\n", 1),
        ("- question: [x]\n  article: y\n", 1),
        ("\n- x\n", 2),
        ("- question: x\n  articel: y\n", 1),
        ("- question: x\n  article: y\n  article: z\n", 1),
        ("- question: x\n  article: 'y\n", 3),
        ("- &a [*a]\n", 1),
        ("\0", 1),
        ("[" * 1000, 1),
        ("#" * 300_000, 1),
    ],
)
def test_a_file_that_cannot_be_used_is_a_gate_that_names_the_line(town: Path, text: str, line: int) -> None:
    (town / "questions.yaml").write_text(text)
    with pytest.raises(GateError) as caught:
        read_golden(town)
    assert (caught.value.key, caught.value.values) == ("gate.golden_file", {"file": "questions.yaml", "line": line})


def test_the_shorter_ending_is_taken_too_but_not_both(town: Path) -> None:
    (town / "questions.yml").write_text(GOLDEN)
    assert len(read_golden(town)) == 2
    editions = Editions(DirectorySource(town), Counted(), check=CHECK)
    assert editions.reload().serving.golden == GoldenOutcome(passed=2)
    assert editions.current.rejections == ()
    (town / "questions.yml").write_text("- x\n")
    with pytest.raises(GateError) as caught:
        read_golden(town)
    assert caught.value.values == {"file": "questions.yml", "line": 1}
    (town / "questions.yaml").write_text(GOLDEN)
    with pytest.raises(GateError) as caught:
        read_golden(town)
    assert (caught.value.key, caught.value.values) == (
        "gate.golden_twice",
        {"file": "questions.yaml", "other": "questions.yml"},
    )


def test_questions_stand_beside_a_file_of_articles_but_not_beside_a_single_one(town: Path) -> None:
    (town / "questions.yaml").write_text(GOLDEN)
    write_lines(town / "articles.jsonl", 3)
    assert len(read_golden(town / "articles.jsonl")) == 2
    editions = Editions(DirectorySource(town / "articles.jsonl"), Counted(), check=CHECK)
    assert isinstance(reloaded(editions).failed_gate, GoldenError)
    assert read_golden(town / "library.md") == ()


def test_an_edition_that_fails_a_question_does_not_serve(town: Path) -> None:
    (town / "questions.yaml").write_text(GOLDEN)
    editions = Editions(DirectorySource(town), Counted(), check=CHECK)
    assert editions.reload().serving.golden == GoldenOutcome(passed=2)
    serving = editions.current
    write(town, "library.md", "صاد البحارة أربعة أطنان من السردين قبل الفجر.")
    with pytest.raises(GateError) as caught:
        editions.reload()
    assert editions.current is serving
    assert isinstance(caught.value, GoldenError)
    assert (caught.value.key, caught.value.values) == ("gate.golden", {"failed": 1, "total": 2})
    assert caught.value.failures == (GoldenFailure(GoldenQuestion(WHEN, "library"), is_known=True, quoted=()),)
    assert WHEN in str(caught.value)
    write(town, "library.md", LIBRARY)
    write(town, "museum.md", BRIDGE)
    assert editions.reload().serving.golden == GoldenOutcome(passed=2)


def test_what_must_be_refused_and_is_answered_fails(town: Path) -> None:
    (town / "questions.yaml").write_text(f"- {{question: '{WHEN}', refuse: yes}}\n".replace("yes", "true"))
    with pytest.raises(GoldenError) as caught:
        CHECK(Counted()(town), read_golden(town))
    assert caught.value.failures == (GoldenFailure(GoldenQuestion(WHEN, None), is_known=True, quoted=("library",)),)


def test_an_article_that_is_not_there_is_told_from_one_that_was_not_quoted(town: Path) -> None:
    (town / "questions.yaml").write_text(
        f"- {{question: '{WHEN}', article: library.md}}\n- {{question: '{WHEN}', article: bridge}}\n"
    )
    with pytest.raises(GoldenError) as caught:
        CHECK(Counted()(town), read_golden(town))
    assert [(failure.is_known, failure.quoted) for failure in caught.value.failures] == [
        (False, ("library",)),
        (True, ("library",)),
    ]


def test_a_first_edition_serves_all_the_same_and_says_so(town: Path) -> None:
    (town / "questions.yaml").write_text("- question: x\n")
    editions = Editions(DirectorySource(town), Counted(), check=CHECK)
    outcome = reloaded(editions)
    assert outcome.failed_gate is not None
    assert outcome.failed_gate.key == "gate.golden_file"
    assert ids(editions) == ["bridge", "library"]


def test_other_questions_are_asked_though_the_articles_are_the_same(town: Path, tmp_path: Path) -> None:
    editions = Editions(DirectorySource(town), build := Counted(), key=builder(tmp_path).key, check=CHECK)
    assert editions.reload().serving.golden is None
    (town / "questions.yaml").write_text(GOLDEN)
    outcome = editions.reload()
    assert isinstance(outcome, Unchanged)
    assert (outcome.serving.golden, build.builds) == (GoldenOutcome(passed=2), 1)
    (town / "questions.yaml").write_text(f"- {{question: '{WHEN}', article: bridge}}\n")
    with pytest.raises(GateError):
        editions.reload()


@pytest.mark.parametrize("passing", [0, 1, 9])
def test_a_search_server_that_is_away_fails_a_reload_and_is_no_fault_of_the_edition(town: Path, passing: int) -> None:
    outage = Outage()

    def build_on_server(path: Path, progress: StageCallback | None = None) -> Edition:
        return on_server(build(path, progress), outage)

    def check(edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback) -> GoldenOutcome:
        outage.fail_after(passing)
        return CHECK(edition, questions, progress)

    editions = Editions(DirectorySource(town), build_on_server, check=check)
    reloaded(editions)
    before, last = editions.current, editions.last
    write(town, "museum.md", MUSEUM)
    outage.error = SearchAwayError("refused")
    with pytest.raises(SearchAwayError):
        editions.reload()
    assert (editions.current, editions.last) == (before, last)
    outage.error = None
    assert reloaded(editions).failed_gate is None
    assert len(editions.current.articles) == len(before.articles) + 1
