"""`export` and `articles --csv`: tables for spreadsheet programs, on standard output or in a file."""

import csv
import io
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import URL

from bot.records.member_rows import add_words, keep_vote
from bot.records.refusals import RefusedQuestion, note_refusal
from bot.records.store import Store
from bot.texts.csv_table import ARTICLE_COLUMNS
from tests.console.command_line import ARABIC, CommandLine, complaint
from tests.console.test_check_records import named
from tests.records.conftest import postgres, postgres_url, sqlite_url, started_server, url

__all__ = ["named", "postgres", "postgres_url", "sqlite_url", "started_server", "url"]

QUESTION = "متى فتح الميناء؟"


@pytest.fixture
def filled(named: URL) -> URL:
    """A database with a gap, and votes on a public and a private answer."""
    store = Store(named)
    gap = RefusedQuestion(5, 6, 1_700_000_000, QUESTION, "off_topic", guild_id=7)
    store.ask(partial(note_refusal, refused=gap))
    for card in (1, 2):
        vote = partial(keep_vote, message_id=card, member_id=3, is_helpful=True, voted_at=1_700_000_000)
        store.ask(partial(vote, url=f"https://a/{card}"))
    store.ask(partial(add_words, message_id=1, member_id=3, guild_id=7, question=QUESTION, titles=["ميناء"]))
    store.close()
    return named


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_gaps_and_votes_come_from_the_database_of_the_settings(isnad: CommandLine, filled: URL) -> None:
    del filled
    gaps, votes = isnad("export", "gaps"), isnad("export", "votes")
    assert (gaps.code, gaps.err, votes.code) == (0, "", 0)
    [gap], [vote] = rows(gaps.out), rows(votes.out)
    assert (gap["asked"], gap["question"], gap["reason"]) == ("2023-11-14", QUESTION, "off_topic")
    assert list(vote.values()) == ["2023-11-14", "helpful", QUESTION, "ميناء", "https://a/1"]


def test_a_file_is_written_and_never_over_another_unasked(isnad: CommandLine, filled: URL, directory: Path) -> None:
    del filled
    file = directory / "gaps.csv"
    done = isnad("export", "gaps", "--to", str(file))
    assert (done.code, done.out) == (0, ARABIC("write.written", file=str(file)) + "\n")
    written = file.read_bytes()
    assert written == isnad("export", "gaps").out.encode()
    file.write_text("mine")
    assert isnad("export", "gaps", "--to", str(file)) == complaint("write.refused", file=str(file))
    assert file.read_text() == "mine"
    assert isnad("export", "gaps", "--to", str(file), "--yes").code == 0
    assert (file.read_bytes(), Path(f"{file}.bak").read_text()) == (written, "mine")


def test_what_cannot_be_exported_is_said(isnad: CommandLine, url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isnad("export", "gaps") == complaint("records.export.no_place")
    assert isnad("export", "members").code == 2
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
    assert isnad("export", "votes") == complaint("records.export.none")


def test_articles_are_listed_as_csv_with_the_same_choice(isnad: CommandLine, directory: Path) -> None:
    done = isnad("articles", "--csv", "--outlet", "صحيفة الضفة")
    [row] = rows(done.out)
    assert (done.code, tuple(row)) == (0, ARTICLE_COLUMNS)
    assert (row["article_id"], row["published"], row["paragraphs"]) == ("library", "2026-03-09", "2")
    file = directory / "articles.csv"
    assert isnad("articles", "--to", str(file), "--limit", "1").code == 0
    assert file.read_bytes() == done.out.encode()
    assert isnad("articles", "--csv", "--since", "2027").code == 3
    assert isnad("articles", "--csv", "--json").code == 2
    assert isnad("articles", "--to", str(file), "--json").code == 2
