import pickle

import pytest

from bot.retrieval import (
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
    SideFileError,
)
from bot.settings import CONFIG
from bot.texts import Texts, error_text

KINDS = (SearchAwayError, IndexGoneError, SearchDeniedError, SearchUnknownError, SideFileError, SearchMissingError)


@pytest.mark.parametrize("kind", KINDS[:-1])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_each_is_told_with_what_the_server_said(kind: type[SearchError], language: str) -> None:
    told = error_text(kind("said so"), Texts.read(CONFIG / "texts", language), lambda value, _: f"<{value}>")
    assert told.endswith("<said so>")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_library_that_is_missing_is_told_with_how_to_install_it(language: str) -> None:
    told = error_text(SearchMissingError(), Texts.read(CONFIG / "texts", language), lambda value, _: str(value))
    assert "pip install -r docs/deploy/requirements-search.txt" in told


def test_the_kinds_have_texts_of_their_own() -> None:
    assert len({kind().key for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_passes_from_one_process_to_another(kind: type[SearchError]) -> None:
    passed = pickle.loads(pickle.dumps(kind("said so")))  # noqa: S301 (of this test's own)
    assert (type(passed), passed.cause, str(passed)) == (kind, "said so", f"{kind().key} cause=said so")


def test_only_a_server_that_is_away_is_worth_waiting_for() -> None:
    assert [kind for kind in KINDS if issubclass(kind, SearchAwayError)] == [SearchAwayError, IndexGoneError]
