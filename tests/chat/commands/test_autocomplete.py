import asyncio
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.articles import Article
from bot.chat.cards.article_card import article_key
from bot.chat.cards.card_text import size
from bot.chat.commands.autocomplete import article_autocomplete, outlet_autocomplete
from bot.chat.request_handler import RequestHandler
from bot.retrieval import SearchAwayError
from tests.articles.far_articles import with_far_articles
from tests.chat.doubles import answerer, edition, editions
from tests.chat.samples import ARABIC, answer, article
from tests.retrieval.opensearch.outage import Outage, on_server

LIBRARY = article()
BRIDGE = article("إغلاق الجسر القديم", outlet="إذاعة الساحل", published=None)
ANYONE = cast("Any", None)


def handler(*articles: Article, stop: asyncio.Event | None = None) -> RequestHandler:
    find = answerer(lambda *_: answer(LIBRARY))
    return RequestHandler(editions(edition(*articles)), find, ARABIC, stop or asyncio.Event())


@pytest.mark.parametrize("typed", ["المكتبة", "مكتبه", "المكتتبة", "اِفْتِتَاح"])
async def test_titles_are_offered_with_their_days(typed: str) -> None:
    [choice] = await article_autocomplete(handler(LIBRARY, BRIDGE))(ANYONE, typed)
    assert choice.name == f"{LIBRARY.title} · 9 مارس 2026"
    assert choice.value == article_key(LIBRARY)


async def test_before_anything_is_typed_the_newest_and_every_outlet_are_offered() -> None:
    served = handler(BRIDGE, LIBRARY)
    assert [choice.value for choice in await article_autocomplete(served)(ANYONE, "")] == [
        article_key(LIBRARY),
        article_key(BRIDGE),
    ]
    assert [choice.value for choice in await outlet_autocomplete(served)(ANYONE, "")] == ["إذاعة الساحل", "صحيفة الضفة"]


async def test_choices_that_are_elsewhere_are_read_in_one_batch() -> None:
    far, store = with_far_articles(edition(*(article(f"خبر {number}") for number in range(60))))
    served = handler()
    served.editions = editions(far)
    assert len(await article_autocomplete(served)(ANYONE, "خبر")) == 25
    assert [len(batch) for batch in store.batches] == [25]


async def test_what_was_chosen_stays_chosen() -> None:
    [choice] = await article_autocomplete(handler(LIBRARY, BRIDGE))(ANYONE, article_key(BRIDGE))
    assert choice.name == BRIDGE.title


async def test_outlets_are_offered_by_part_of_their_names() -> None:
    [choice] = await outlet_autocomplete(handler(LIBRARY, BRIDGE))(ANYONE, "اذاعه")
    assert choice.value == "إذاعة الساحل"


@pytest.mark.parametrize("title", ["كلمة " * 80, "word " * 80, "كلمة " * 18, "\U0001f600" * 99, "\u202eكلمة\n# " * 30])
async def test_choices_stay_within_limits(title: str) -> None:
    many = [replace(LIBRARY, id=f"{title}{number}", title=title, outlet=f"{number} {title}") for number in range(60)]
    for complete in (article_autocomplete(handler(*many)), outlet_autocomplete(handler(*many))):
        choices = await complete(ANYONE, "")
        assert len(choices) == 25
        assert all(0 < size(choice.name) <= 100 and size(choice.value) <= 100 for choice in choices)
        assert all("\n" not in choice.name and "\u202e" not in choice.name for choice in choices)


async def test_words_of_the_other_direction_are_set_apart() -> None:
    [choice] = await article_autocomplete(handler(article("The bridge")))(ANYONE, "bridge")
    assert choice.name == "\u2068The bridge\u2069 · 9 مارس 2026"


async def test_while_stopping_nothing_is_offered() -> None:
    stop = asyncio.Event()
    stop.set()
    assert await article_autocomplete(handler(LIBRARY, stop=stop))(ANYONE, "المكتبة") == []


async def test_where_finding_fails_nothing_is_offered(caplog: pytest.LogCaptureFixture) -> None:
    served = handler(LIBRARY)
    served.editions = cast("Any", None)
    assert await article_autocomplete(served)(ANYONE, "المكتبة") == []
    assert "Autocompletion failed" in caplog.text


@pytest.mark.parametrize("typed", ["", "المكتبة", "كلمة " * 40])
async def test_a_search_server_that_is_away_is_no_list_without_choices(typed: str) -> None:
    """Discord shows an empty list as the word that nothing matches."""
    served = handler(LIBRARY)
    served.editions.current = on_server(served.editions.current, Outage(SearchAwayError()))  # type: ignore[misc]
    [choice] = await article_autocomplete(served)(ANYONE, typed)
    assert choice.name == ARABIC("error.search_short")
    assert 0 < size(choice.value) <= 100
    assert choice.value in {typed, choice.name} or typed.startswith(choice.value.rstrip("…"))
    assert served.search.state is not None


@pytest.mark.parametrize("is_away", [True, False])
async def test_choices_that_come_too_late_are_told_from_none(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, is_away: bool
) -> None:
    monkeypatch.setattr("bot.chat.commands.autocomplete._PATIENCE", 0)
    served = handler(LIBRARY)
    if is_away:
        served.search.failed(SearchAwayError("timed out"))
    choices = await article_autocomplete(served)(ANYONE, "المكتبة")
    assert [choice.name for choice in choices] == [ARABIC("error.search_short")] * is_away
    assert ("took too long" in caplog.text) is not is_away
