"""A card is edited once for each change of what it quotes, whatever happens in whatever order."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Quote, Reason, Refusal
from bot.articles import NO_REMOVALS, Paragraph, Removal, Removals
from bot.chat.cards.answer_card import outcome_buttons, outcome_card
from bot.chat.cards.card import shown_card
from bot.chat.open_refusals import card_places
from bot.chat.open_refusals.corrected_cards import shown_words
from bot.chat.open_refusals.corrections import Corrections, card_quotes
from bot.edition import Edition
from bot.ops.rate_limits import FairQueue
from bot.ops.supervision import InFlight
from bot.records.quoted_answers import note_withdrawn, quoted_counts, quotes_of, replace_quotes
from tests.chat.doubles import edition
from tests.chat.samples import ARABIC, answer, article, refusal
from tests.e2e.in_process import passing_records

SENTENCES = tuple(
    f"بلغت كلفة الجسر الجديد في المدينة القديمة {word} مليون دولار." for word in ("ثلاثين", "أربعين", "خمسين")
)
CHANNEL, CARD = 5, 9


@cache
def coverage(sentence: str | None, beside: str = "حضر الوزير.") -> Edition:
    """Return an edition with the sentence and others beside it, or without its article."""
    bridge = replace(article("الجسر"), paragraphs=(Paragraph(beside), Paragraph(sentence or "")))
    other = article("المكتبة")
    return edition(*([bridge] if sentence else []), other)


class Message:
    """The message of a card, which may be edited so that nobody hears of it."""

    def __init__(self, first: Edition, *, is_refused: bool) -> None:
        bridge = first.articles["الجسر"]
        quote = Quote(bridge.paragraphs[1].text, bridge, 1, 0, len(bridge.paragraphs[1].text), 0.9)
        answered = replace(answer(quote.article), quotes=(quote,), edition=first.fingerprint)
        refused = replace(refusal(Reason.UNSUPPORTED), nearest=quote, edition=first.fingerprint)
        self.outcome: Answer | Refusal = refused if is_refused else answered
        card = outcome_card(self.outcome, ARABIC)
        self._take(replace(card, rows=outcome_buttons(self.outcome, 7, ARABIC, has_more=False)).layout())
        self.edits = 0
        self.is_killed = False

    def _take(self, view: discord.ui.LayoutView) -> None:
        sent: list[Any] = view.to_components()  # type: ignore[no-untyped-call]
        self.components = [discord.components._component_factory(one) for one in sent]

    async def edit(self, *, view: discord.ui.LayoutView, **_: object) -> None:
        self._take(view)
        self.edits += 1
        if self.is_killed:
            raise KeyError("the process ends behind the edit")

    @property
    def quoted(self) -> list[str]:
        return shown_words(shown_card(cast("discord.Message", self)))

    @property
    def text(self) -> str:
        return "\n".join(shown_card(cast("discord.Message", self)).texts)


class Stage:
    """Corrections of one card, over whatever editions."""

    def __init__(self, *, is_refused: bool = False) -> None:
        self.records, first = passing_records(), coverage(SENTENCES[0])
        self.message = Message(first, is_refused=is_refused)
        self.editions = SimpleNamespace(current=first, is_held_back=False, removals=NO_REMOVALS)
        worker = SimpleNamespace(run=self._run)
        self._handler = SimpleNamespace(
            editions=self.editions,
            browse_worker=worker,
            in_flight=InFlight(),
            texts=ARABIC,
            is_stopping=False,
            queue=FairQueue(),
        )

    async def begin(self) -> None:
        """Note what the card quotes."""
        quotes = card_quotes(self.message.outcome, self.editions.current, CHANNEL, CARD, 7)
        await self.records.ask(partial(replace_quotes, message_id=CARD, quotes=quotes))

    async def correct(self, current: Edition | None = None, *, is_killed: bool = False) -> None:
        """Correct the card as another process would."""
        self.editions.current = current or self.editions.current
        self.message.is_killed = is_killed
        parts = cast("Any", self._handler), self.records, cast("Any", None), cast("Any", self)
        await Corrections(*parts).correct()

    async def _run(self, work: Callable[..., object], *arguments: object) -> object:
        return work(*arguments)

    async def client(self) -> None:
        """Return nobody: the place is known."""

    def is_ours(self, *_: object) -> bool:
        return True

    edit = staticmethod(card_places.CardPlaces.edit)

    def find(self, *_: object) -> "Stage":
        return self

    async def fetch_message(self, _: int) -> Message:
        return self.message


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_places, "PACE", 0)


steps = st.tuples(st.sampled_from([*SENTENCES, None]), st.sampled_from(["حضر الوزير.", "غاب النائب."]), st.booleans())


@given(st.lists(steps, max_size=8), st.booleans())
async def test_whatever_comes_a_card_is_edited_once_for_each_change_of_what_it_quotes(
    happening: list[tuple[str | None, str, bool]], is_refused: bool
) -> None:
    stage = Stage(is_refused=is_refused)
    await stage.begin()
    shown, edits = [SENTENCES[0]], 0
    for sentence, beside, is_killed in happening:
        await stage.correct(coverage(sentence, beside), is_killed=is_killed)
        if shown and shown != [sentence]:
            shown, edits = [sentence] if sentence else [], edits + 1
        assert (stage.message.quoted, stage.message.edits) == (shown, edits)
        await stage.correct()
        assert stage.message.edits == edits, "it is corrected already"
    assert await stage.records.ask(quoted_counts) == ({"الجسر": 1} if shown else {})


@pytest.mark.parametrize(("key", "is_withdrawn"), [("withdrawn", True), ("removed", False), ("gone", False)])
async def test_the_card_says_why_its_quote_went(key: str, is_withdrawn: bool) -> None:
    stage = Stage()
    await stage.begin()
    if is_withdrawn:
        await stage.records.ask(partial(note_withdrawn, article_ids={"الجسر"}))
    if key == "removed":
        stage.editions.removals = Removals([Removal("الجسر")])
    await stage.correct(coverage(None))
    assert ARABIC(f"correction.{key}") in stage.message.text
    assert await stage.records.ask(partial(quotes_of, message_id=CARD)) == []


async def test_what_was_withdrawn_before_a_start_without_a_disk_is_told_as_withdrawn() -> None:
    stage = Stage()
    await stage.begin()
    kept_out, current = Removals([Removal("الجسر", is_withdrawn=True)]), coverage(None)
    await stage.correct(replace(current, facts={**current.facts, "removals": kept_out.to_record()}))
    assert ARABIC("correction.withdrawn") in stage.message.text


async def test_after_a_rollback_only_what_moderators_removed_is_corrected() -> None:
    stage = Stage()
    await stage.begin()
    stage.editions.is_held_back = True
    await stage.correct(coverage(SENTENCES[1]))
    await stage.correct(coverage(None))
    assert stage.message.edits == 0
    stage.editions.removals = Removals([Removal("الجسر")])
    await stage.correct(coverage(None))
    assert stage.message.quoted == []
