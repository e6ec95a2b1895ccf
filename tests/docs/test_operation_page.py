"""docs/operation.md has the metrics and exit codes that there are, and quotes the program's sentences as they are."""

import re

import pytest

from bot.answering.gaps import question_gaps
from bot.articles import article_store
from bot.articles.feeds import feed_state
from bot.articles.sources import snapshots
from bot.chat.buttons import votes
from bot.chat.conversations import Conversations
from bot.chat.service import EXIT_REFUSED
from bot.composition import BAD_USAGE
from bot.console.edition_start import EXIT_MISNAMED
from bot.edition import builder
from bot.ops import log_lines
from bot.ops.metrics import Metrics, ProcessState
from bot.records import RecordsState, database, records
from bot.records.retention import RETENTION
from bot.records.tables import REFUSALS
from bot.storage import strings
from tests.chat.samples import ENGLISH
from tests.e2e.program import ROOT

PAGE = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
SYMPTOMS = PAGE[PAGE.index("## By symptom") :]
# The sentences of the log are written where they are logged, in English alone.
LOGGED = re.compile(r"SIGTERM received|No health check and no metrics|Commands (written|could not)|discord\.com")
_SPAN = re.compile(r"`([^`]+)`")
_BLOCK = re.compile(r"^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SLOT = re.compile(r"\\\{\w+\\\}")
# Letters of its own by which a text is told from others: «{name}: {number}» says everything.
_LEAST_LETTERS = 20
SAID = [*ENGLISH.entries.values(), *(form for forms in ENGLISH.plurals.values() for form in forms.values())]
TEXTS = [" ".join(text.split()) for text in SAID if len(re.sub(r"\{\w+\}", "", text)) >= _LEAST_LETTERS]


def sentences() -> list[str]:
    blocks = [line for block in _BLOCK.findall(SYMPTOMS) for line in block.splitlines()]
    spans = [" ".join(span.split()) for span in _SPAN.findall(_BLOCK.sub("", SYMPTOMS))]
    return sorted({words for words in [*blocks, *spans] if words.count(" ") > 3 and not LOGGED.search(words)})


def is_said(sentence: str) -> bool:
    """Tell whether a text says a sentence; … at its end stands for what is left out."""
    begun, is_cut = sentence.removesuffix("…").rstrip(), sentence.endswith("…")
    for text in TEXTS:
        literal = text.partition("{")[0].rstrip()
        if re.fullmatch(_SLOT.sub(".+", re.escape(text)), sentence):
            return True
        if is_cut and (literal.startswith(begun) or (len(literal) >= _LEAST_LETTERS and begun.startswith(literal))):
            return True
    return False


@pytest.mark.parametrize("sentence", sentences())
def test_what_is_quoted_is_said(sentence: str) -> None:
    assert is_said(sentence)


def test_sentences_that_nobody_says_are_noticed() -> None:
    assert len(sentences()) > 15
    assert not is_said("PORT must be a port number between 1 and 9.")
    assert not is_said("The source is away, and nobody knows why: …")


async def test_every_metric_is_on_the_page_and_no_other_one() -> None:
    metrics = Metrics()
    state = ProcessState(
        is_connected=True, waiting=0, at_work=0, edition="x", records=RecordsState("SQLite", None, 0, 0)
    )
    metrics.watch_state(lambda: state)
    families = re.findall(r"^# TYPE (isnad_\w+) (?:counter|histogram|gauge)$", metrics.text().decode(), re.MULTILINE)
    names = {name.removesuffix("_total") for name in families if not name.endswith("_created")}
    rows = PAGE[PAGE.index("| metric |") : PAGE.index("Worth an alarm")]
    assert set(re.findall(r"`(isnad_[a-z_]+)", rows)) == names


def test_every_exit_code_is_on_the_page() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+)\b", SYMPTOMS, re.MULTILINE)}
    assert codes >= {BAD_USAGE, EXIT_MISNAMED, EXIT_REFUSED}


def test_the_bounds_on_the_page_are_those_of_the_code() -> None:
    counts = (
        (log_lines._SAME_LINES, "a line {} times a minute"),
        (Conversations.__init__.__defaults__[0] if Conversations.__init__.__defaults__ else 0, "{} questions"),
        (votes._MOST_VOTES, "{} votes"),
        (question_gaps._MOST_GROUPS, "{} gaps"),
        (records.MOST_WAITING, "{} changes to write"),
        (RETENTION[REFUSALS].most, "{} ids of refusals"),
        (database._MOST_KEPT, "{} damaged files"),
        (database.MOST_LOG_BYTES >> 20, "`-wal` {} MB"),
        (builder._KEPT + 1, "coverages; copies of an archive | {} |"),
        (snapshots._KEPT + 1, "coverages; copies of an archive | {} |"),
        (feed_state._MOST_WAITING, "{} that wait"),
        (strings._REMEMBERED, "{} words"),
        (article_store._REMEMBERED, "{} articles"),
    )
    assert [said for count, words in counts if (said := words.format(f"{count:,}")) not in PAGE] == []
    named = re.findall(r"\| ((?:`[a-z_/.]+`(?:, )?)+) \|$", PAGE, re.MULTILINE)
    tests = [name for cell in named for name in _SPAN.findall(cell)]
    assert len(tests) > 10
    assert [name for name in tests if not (ROOT / "tests" / name).exists()] == []
