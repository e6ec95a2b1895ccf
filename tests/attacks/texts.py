"""Other people's words of any form, where a card shows them."""

import random
import re
from typing import ClassVar

from bot.arabic import Span
from bot.chat.cards.card_text import escape_markdown, fit, inline, isolate, link, one_line, size, unescape_markdown
from bot.chat.cards.quote_text import block_quote, escape_with_bold
from tests.answering.hostility import CRAFTED, FLOODS, any_planes, basic_plane
from tests.attacks.attack import Attack
from tests.attacks.markup import live_markup
from tests.chat.hostile_text import DANGEROUS, PIECES, after_escapes

_ROOMS = (3, 10, 60, 200, 1000, 4000)
_ISOLATES, _POP = "\u2066\u2067\u2068", "\u2069"


class CardTexts(Attack[str]):
    """Neutralises, fits, names, links and marks them."""

    tried = "titles, outlets and quotes made of Discord's own syntax, of controls and of any characters"
    promise = "shown character for character, within their room, on one line where that is ours, and nothing of it acts"
    share = 8
    named: ClassVar = {
        f"a flood of {unit!a}": lambda size=8000, unit=unit: (unit * size)[:size] for unit in (*FLOODS, *PIECES)
    }

    def make(self, chance: random.Random) -> str:
        makers = (
            lambda: "".join(chance.choices(PIECES, k=chance.randrange(1, 14))),
            lambda: "".join(chance.choices([*PIECES, *CRAFTED, "كلمة", "A"], k=chance.randrange(1, 40))),
            lambda: chance.choice(PIECES) * chance.randrange(1, 200),
            lambda: any_planes(chance) + chance.choice(PIECES) + any_planes(chance),
            lambda: basic_plane(chance) + chance.choice(CRAFTED) + basic_plane(chance),
        )
        return chance.choice(makers)()

    def try_out(self, given: str) -> None:
        escaped = escape_markdown(given)
        assert unescape_markdown(escaped) == given
        assert not DANGEROUS.search(after_escapes(escaped))
        lines = block_quote(given).split("\n")
        assert all(line.startswith("> ") for line in lines)
        assert _without_isolates(unescape_markdown("\n".join(line[2:] for line in lines))) == _without_isolates(given)
        bold = unescape_markdown(escape_with_bold(given, _marks(given)))
        assert _without_isolates(bold) == _without_isolates(given)
        for room in _ROOMS:
            cut = fit(given, room)
            assert size(cut) <= room
            assert not DANGEROUS.search(after_escapes(cut))
            # What is left out is left out at the end.
            assert given.startswith(unescape_markdown(cut).removesuffix("…")) or unescape_markdown(cut) == given
        for language in ("ar", "en"):
            self._in_a_line(given, language)

    @staticmethod
    def _in_a_line(given: str, language: str) -> None:
        for shown in (inline(given, 200, language), link(given, f"https://news.example/{given}", 200, language)):
            assert len(shown.splitlines()) <= 1
            assert sum(map(shown.count, _ISOLATES)) == shown.count(_POP)
            assert not (live := live_markup(shown)), live
        assert size(inline(given, 200, language)) <= 200
        assert isolate(one_line(given), language).strip(_ISOLATES + _POP) == one_line(given)


def _without_isolates(text: str) -> str:
    """Return a text without the isolates that a quote sets around phrases, and its own."""
    return re.sub(f"[{_ISOLATES}{_POP}]", "", text)


def _marks(text: str) -> list[Span]:
    """Mark every second word."""
    marks, done = [], 0
    for number, word in enumerate(text.split(" ")):
        if word.strip() and number % 2 and "*" not in word and "\\" not in word:
            marks.append(Span(done, done + len(word)))
        done += len(word) + 1
    return marks
