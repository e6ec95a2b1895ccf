"""Cards of the first minute: what the articles are about, examples as buttons, the help, the welcome in a server."""

from collections.abc import Iterable, Mapping

from bot.answering import CoverageSummary
from bot.arabic import FIRST_STRONG_ISOLATE, POP_ISOLATE
from bot.chat.cards.button_ids import ButtonKind, custom_id
from bot.chat.cards.card import Button, Card
from bot.chat.cards.card_text import inline, join_with_commas
from bot.texts import Texts, summary_lines

_TOPIC = 60

ExampleRow = tuple[Button, ...]


def summary_block(summary: CoverageSummary, texts: Texts) -> str:
    """Lay out what the articles are about, above the examples; empty where nothing is known of them."""

    def named(topics: tuple[str, ...]) -> str:
        return join_with_commas((inline(topic, _TOPIC, texts.language) for topic in topics), texts)

    return "\n".join(summary_lines(summary, texts, named))


def example_rows(questions: Iterable[str], labels: Mapping[str, str]) -> tuple[ExampleRow, ...]:
    """Return a row with a button for each of up to five questions: its id is the question, as is a label not given."""
    # A client may run a label from the left; an example begins in the language that it is asked in.
    shown = ((one, f"{FIRST_STRONG_ISOLATE}{labels.get(one, one)}{POP_ISOLATE}") for one in dict.fromkeys(questions))
    buttons = tuple(Button(custom_id(ButtonKind.EXAMPLE, question), label) for question, label in shown)
    return (buttons,) if buttons else ()


def help_card(texts: Texts, summary: CoverageSummary | None = None) -> Card:
    """Say what the bot does and how to ask it, with examples."""
    return _introduction(texts("help.title"), texts("help.body"), texts, summary)


def welcome_card(texts: Texts, summary: CoverageSummary | None, name: str) -> Card:
    """Introduce the bot, by the mention of its name, in a server that it joined."""
    return _introduction(texts("welcome.title"), texts("welcome.body", me=name), texts, summary)


def _introduction(title: str, body: str, texts: Texts, summary: CoverageSummary | None) -> Card:
    blocks = tuple(filter(None, (body, summary_block(summary, texts) if summary else "")))
    return Card(blocks, title=title, rows=example_rows(summary.examples, {}) if summary else ())
