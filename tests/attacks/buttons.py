"""Ids of buttons that the bot never made."""

import base64
import random
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from bot.answering import Answer, Mode, Statement
from bot.arabic import Span
from bot.chat.cards.answer_card import outcome_buttons, outcome_card
from bot.chat.cards.article_card import article_card, article_key, find_article
from bot.chat.cards.button_ids import (
    BellState,
    ButtonKind,
    decode_references,
    decode_scope,
    encode_references,
    encode_scope,
    find_quotes,
    parse_button_id,
    parse_number,
    quote_reference,
)
from bot.chat.cards.card import Card, notice
from bot.chat.cards.reading_cards import citation_card, context_card, further_card
from bot.chat.cards.source_list import SourceList, sources_card
from bot.chat.chat_errors import ReplyError
from bot.chat.news.new_articles import new_articles_card
from bot.chat.open_refusals.bells import choice_card
from bot.records.refusals import DIRECT, HERE
from bot.retrieval import Scope
from tests.answering.coverage import ANSWERER
from tests.answering.hostility import CRAFTED, basic_plane
from tests.attacks.attack import Attack
from tests.attacks.coverage import hard_edition
from tests.attacks.markup import check_card
from tests.chat.samples import ARABIC

# What Discord lets an id have.
_LONGEST = 100
_QUESTION = "متى افتتحت بلدية المنارة المكتبة العامة؟"
_BASE64 = string.ascii_letters + string.digits + "-_="
_NUMBERS = ("0", "1", "-1", "007", "9" * 80, "٣", "²", "1e9", " 1", "1 ", "", "0x1", str(2**31), str(2**63))


class Buttons(Attack[str]):
    """Reads them as a press does, and makes the card that would be shown."""

    tried = "forged ids: other versions and kinds, changed places, pages, scopes and keys of articles"
    promise = "a card within Discord's limits, or the sentence that the button is out of date; never an error"
    share = 36
    # By chance few ids of a kind name a page that is there.
    named: ClassVar = {
        f"{load or 'nothing'} of {kind}": lambda kind=kind, load=load: f"b1:{kind}:{load}"
        for kind in ButtonKind
        for load in ("", "0", "1", "0:", "0::")
    }

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._edition = hard_edition()
        self._further = ANSWERER.further_quotes(_QUESTION, self._edition)
        first, *others = (
            replace(one, article=replace(one.article, published=date(2026, 1, 1))) for one in self._further
        )
        mode, statement = Mode.TIMELINE, Statement.TIMELINE
        self._timeline = Answer(_QUESTION, (first, *others), self._edition.fingerprint, mode=mode, statement=statement)
        self._places = [quote_reference(quote) for quote in self._further]
        self._keys = [article_key(article) for article in self._edition.articles.values()]
        self._arrivals = dict.fromkeys(self._edition.articles, 1_790_000_000)
        self._scopes = [encode_scope(Scope(outlet=outlet)) for outlet in self._edition.outlets]

    def make(self, chance: random.Random) -> str:
        loads: tuple[Callable[[random.Random], str], ...] = (
            self._moved_places,
            _places,
            self._list,
            self._article,
            lambda chance: f"{chance.choice(_NUMBERS)}:{self._scope(chance)}",
            lambda chance: chance.choice(_NUMBERS),
            basic_plane,
        )
        version, kind = (
            chance.choice(("1", "1", "1", "1", "0", "2", "01", "٣", "")),
            chance.choice([*ButtonKind, "none", ""]),
        )
        identity = f"{chance.choice('bbbbbbbx')}{version}:{kind}:{chance.choice(loads)(chance)}"
        return _changed(identity, chance)[:_LONGEST]

    def try_out(self, given: str) -> None:
        try:
            kind, load = parse_button_id(given)
            shown = self._card(kind, load)
        except ReplyError as error:
            shown = notice(ARABIC(error.key, **error.values))
        if shown is not None:
            check_card(shown)

    def _card(self, kind: ButtonKind, load: str) -> Card | None:  # noqa: PLR0911 (one for each kind)
        match kind:
            case ButtonKind.CONTEXT | ButtonKind.CITE:
                lay_out = context_card if kind is ButtonKind.CONTEXT else citation_card
                return lay_out(find_quotes(decode_references(load), self._edition), ARABIC)
            case ButtonKind.MORE | ButtonKind.PAGE:
                digits, _, code = load.partition(":") if kind is ButtonKind.PAGE else ("0", "", load)
                page, scope = parse_number(digits), decode_scope(code, self._edition.outlets)
                return further_card(_QUESTION, None, self._further, page, ARABIC, scope=scope)
            case ButtonKind.TIMELINE:
                digits, _, code = load.partition(":")
                found = replace(self._timeline, scope=decode_scope(code, self._edition.outlets))
                page = parse_number(digits)
                rows = outcome_buttons(found, 1, ARABIC, has_more=False, page=page)
                return replace(outcome_card(found, ARABIC, page=page), rows=rows)
            case ButtonKind.LIST:
                return self._listed(SourceList.from_button(load, self._edition))
            case ButtonKind.ARTICLE | ButtonKind.OPEN:
                # A hostile client may put anything in the place of what was chosen.
                digits, _, key = load.partition(":") if kind is ButtonKind.ARTICLE else ("0", "", load)
                page, article = parse_number(digits), find_article(self._edition, key)
                return article_card(article, page, ARABIC) if article else None
            case ButtonKind.BELL | ButtonKind.WAIT | ButtonKind.UNWAIT:
                state = BellState.parse(load.partition(":")[2] if kind is ButtonKind.WAIT else load)
                return choice_card((), state, (HERE, DIRECT), 90, ARABIC)
            case ButtonKind.VOTE | ButtonKind.DELETE | ButtonKind.REMOVE:
                [*map(parse_number, load.split(":"))]
            case ButtonKind.EXAMPLE:
                return outcome_card(ANSWERER.answer(load, self._edition), ARABIC, with_question=True)
        return None

    def _listed(self, asked: SourceList) -> Card:
        if asked.arrived_since is None:
            return sources_card(self._edition, asked, ARABIC)
        return new_articles_card(self._edition, asked, self._arrivals, 0, ARABIC)

    def _moved_places(self, chance: random.Random) -> str:
        """Name paragraphs that are there, and places in them that are not."""
        far = (0, 1, 7, 4000, 2**32 - 1)
        return encode_references(
            [
                replace(one, paragraph=chance.choice(far), span=Span(chance.choice(far), chance.choice(far)))
                for one in chance.choices(self._places, k=chance.randrange(1, 4))
            ]
        )

    def _scope(self, chance: random.Random) -> str:
        days = ("", "20260101", "00000000", "99991231", "20260230", "2026013", "٢٠٢٦٠١٠١")
        return chance.choice((*self._scopes, "", f"{chance.choice(days)}:{chance.choice(days)}:", "::0a1b2c3d", ":::"))

    def _list(self, chance: random.Random) -> str:
        since = f"§{chance.choice(_NUMBERS)}"
        title = chance.choice(
            ("المكتبة", chance.choice(self._keys), since, chance.choice(CRAFTED), basic_plane(chance), "")
        )
        return f"{chance.choice(_NUMBERS)}:{self._scope(chance)}:{title}"

    def _article(self, chance: random.Random) -> str:
        return f"{chance.choice(_NUMBERS)}:{chance.choice((*self._keys, chr(0xB6), '¶zz', '¶ 00', ''))}"


def _places(chance: random.Random) -> str:
    packed = chance.randbytes(22 * chance.randrange(1, 4) + chance.choice((0, 0, 0, 1, -1)))
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return chance.choice((letters, letters + "=", "".join(chance.choices(_BASE64, k=chance.randrange(90)))))


def _changed(identity: str, chance: random.Random) -> str:
    letters = list(identity)
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        letters.insert(chance.randrange(len(letters) + 1), chance.choice((":", "\0", "\n", "é", "b", "1", "\ud800")))
    return "".join(letters)
