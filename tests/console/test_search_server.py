"""A search server that is away, at the command line: a sentence and exit code 2, and never a refusal."""

import json
from typing import Any

import pytest

from bot.console.ask import AskCommand
from bot.console.terminal import Terminal
from bot.edition import Edition
from bot.retrieval import SearchAwayError, SearchDeniedError, SearchError
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, REFUSED, CommandLine, complaint
from tests.console.conftest import Write
from tests.retrieval.opensearch.outage import Outage, on_server

BRIDGES = "كم يستمر إغلاق الجسر القديم؟"
KINDS = {SearchAwayError: "search.away", SearchDeniedError: "search.denied"}


@pytest.fixture
def outage(monkeypatch: pytest.MonkeyPatch) -> Outage:
    """Put the editions of the commands on a server, which is there until a test says otherwise."""
    outage, put_together = Outage(), Edition.from_arrays

    def from_arrays(*materials: Any) -> Edition:
        return on_server(put_together(*materials), outage)

    monkeypatch.setattr(Edition, "from_arrays", from_arrays)
    return outage


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("arguments", [["ask", ANSWERED], ["ask", ANSWERED, "--json"], ["articles"]], ids=" ".join)
def test_what_cannot_be_asked_is_2_with_the_sentence_alone(
    isnad: CommandLine, outage: Outage, arguments: list[str], kind: type[SearchError]
) -> None:
    outage.error = kind("said so")
    assert isnad(*arguments) == complaint(KINDS[kind], cause="said so")


def test_in_english_too(isnad: CommandLine, outage: Outage) -> None:
    outage.error = SearchAwayError("said so")
    assert isnad("ask", ANSWERED, "--language", "en") == complaint("search.away", ENGLISH, cause="said so")


@pytest.fixture
def away_for_bridges(outage: Outage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server be away for the questions about bridges."""
    ask = AskCommand._ask

    def asked(self: AskCommand, question: str, previous: str | None = None) -> Any:
        outage.error = SearchAwayError("said so") if question == BRIDGES else None
        return ask(self, question, previous)

    monkeypatch.setattr(AskCommand, "_ask", asked)


@pytest.mark.parametrize("command", [["ask", "--questions", "-", "--json"], ["ask", "--questions", "-"], ["chat"]])
@pytest.mark.usefixtures("away_for_bridges")
def test_records_stand_up_to_the_question_that_failed(isnad: CommandLine, command: list[str]) -> None:
    done = isnad(*command, stdin=f"{ANSWERED}\n{REFUSED}\n{BRIDGES}\n{ANSWERED}\n")
    assert (done.code, done.err) == (2, ARABIC("search.away", cause="said so") + "\n")
    if "--json" in command:
        records = [json.loads(line) for line in done.out.splitlines()]
        assert [record["outcome"] for record in records] == ["answer", "refusal"]
    else:
        assert done.out.count("«افتتحت البلدية") == 1
        assert done.out.count(ARABIC("refusal.off_topic")) == 1


@pytest.mark.usefixtures("away_for_bridges")
def test_whoever_types_reads_it_and_asks_on(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Terminal, "is_interactive", True)
    monkeypatch.setattr(AskCommand, "_typed", lambda _: iter([BRIDGES, ANSWERED, BRIDGES, "وكم بلغت كلفتها؟"]))
    done = isnad("chat")
    assert (done.code, done.err) == (0, (ARABIC("search.away", cause="said so") + "\n") * 2)
    assert "12 مليون دينار" in done.out.split(ARABIC("answer.follows", question=ANSWERED))[1]


def test_what_serves_is_checked_before_anything_is_asked(isnad: CommandLine, outage: Outage, write: Write) -> None:
    write("coverage/questions.yaml", f"- question: {ANSWERED}\n  article: library\n")
    outage.error = SearchAwayError("said so")
    done = isnad("check")
    assert done.code == 2
    assert ARABIC("search.away", cause="said so") in done.err
    assert "Traceback" not in done.err
