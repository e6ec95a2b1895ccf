"""What moderators read about the coverage: the questions and answers that it did not suffice for, of nobody."""

from bot.answering import Refusal
from bot.chat.card import ROOM, Card
from bot.chat.layout import name, quoted_names, size
from bot.texts import Texts

UNANSWERED, UNHELPFUL = "report.unanswered", "report.unhelpful"

_QUESTION, _TITLE, _TITLES = 300, 120, 3
# For the title, both headings and the line that counts what found no room.
_FRAME = 300


class ReportPage:
    """Lines under two headings until the card is full; what comes later is only counted."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {UNANSWERED: [], UNHELPFUL: []}
        self._room = ROOM - _FRAME
        self._left_out = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not any(self._lines.values())

    @property
    def is_full(self) -> bool:
        """Tell whether something found no room."""
        return self._left_out > 0

    def add(self, heading: str, line: str) -> None:
        """Set a line under a heading, or count it."""
        needed = size(line) + 1
        if self.is_full or needed > self._room:
            self._left_out += 1
            return
        self._room -= needed
        self._lines[heading].append(line)

    def card(self) -> Card:
        """Lay the page out."""
        blocks = ["\n".join((f"**{self._texts(key)}**", *lines)) for key, lines in self._lines.items() if lines]
        if self._left_out:
            blocks.append(self._texts("report.left_out", count=self._left_out))
        return Card(tuple(blocks), title=self._texts("report.title"))


def refused_line(refusal: Refusal, texts: Texts) -> str:
    """Name a question that was refused, with the one that it leans on."""
    line = question_line(refusal.question, texts)
    if before := refusal.completed_from:
        line = texts("report.follows", line=line, before=name(before, _QUESTION, texts.language))
    return line


def question_line(question: str, texts: Texts) -> str:
    """Name a question."""
    return texts("report.question", question=name(question, _QUESTION, texts.language))


def answer_line(titles: tuple[str, ...], texts: Texts) -> str:
    """Name an answer, whose question is not known, by the articles that it quotes."""
    return texts("report.answer", titles=quoted_names(titles[:_TITLES], _TITLE, texts))
