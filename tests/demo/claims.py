"""What the demonstration says of each reply, and whether the reply bears it out."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from tests.chat.samples import ARABIC, ENGLISH
from tests.discord_server import Seen
from tests.discord_server.component_kinds import displayed_texts

_QUOTE = "> "


class Claim(Enum):
    """Be what a reply shows, in the words that stand above it."""

    ANSWERED = "Word for word, the answer in bold, with its source"
    CONTEXT = "The paragraphs around the quote, for her alone"
    FOLLOWED = "A reply is enough; it says how it was understood"
    CORRECTED = "The article says otherwise: both figures, and the quote"
    UNSUPPORTED = "No article says: refused, with what comes near"
    OFF_TOPIC = "Off the coverage: refused, with questions to try"


def lacks_of(claim: Claim, shown: Seen, before: str, corpus: Path) -> list[str]:
    """Name what a reply lacks of what is claimed; `before` is the question that a follow-up goes on from."""
    return [lack for is_there, lack in _conditions(claim, shown, before, corpus) if not is_there]


def quotes_of(shown: Seen) -> list[str]:
    """Return what a reply quotes, without the signs of bold words."""
    return [line.removeprefix(_QUOTE) for line in shown.text.splitlines() if line.startswith(_QUOTE)]


def _conditions(claim: Claim, shown: Seen, before: str, corpus: Path) -> Iterator[tuple[bool, str]]:
    quotes = quotes_of(shown)
    yield shown.is_ephemeral == (claim is Claim.CONTEXT), "to be seen by those it is for"
    match claim:
        case Claim.UNSUPPORTED | Claim.OFF_TOPIC:
            yield quotes == [], "to quote nothing"
            texts = ENGLISH if claim is Claim.OFF_TOPIC else ARABIC
            yield texts(f"refusal.{claim.name.lower()}") in shown.text, "to say that it refuses"
        case _:
            articles = [file.read_text(encoding="utf-8") for file in sorted(corpus.glob("*.md"))]
            yield quotes != [], "a quote"
            yield all(any(quote in article for article in articles) for quote in quotes), "every quote verbatim"
    match claim:
        case Claim.ANSWERED | Claim.FOLLOWED | Claim.CORRECTED:
            yield claim is Claim.FOLLOWED or "**" in _marked_quotes(shown), "the answer in bold"
            yield f"{ARABIC('answer.source')} " in shown.text, "the source"
    match claim:
        case Claim.FOLLOWED:
            yield ARABIC("answer.follows", question=before) in shown.text, "how the question was understood"
        case Claim.CORRECTED:
            yield ARABIC("statement.otherwise") in shown.text, "that the article has it otherwise"
        case Claim.UNSUPPORTED:
            yield ARABIC("refusal.related") in shown.text, "what is worth reading"
        case Claim.OFF_TOPIC:
            yield any(button.label for button in shown.buttons), "questions to press"


def _marked_quotes(shown: Seen) -> str:
    lines = "\n".join(displayed_texts(shown.components)).splitlines()
    return "\n".join(line for line in lines if line.startswith(_QUOTE))
