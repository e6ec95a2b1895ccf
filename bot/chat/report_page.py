"""What moderators read about the coverage: the questions and answers that it did not suffice for, of nobody."""

from collections import Counter

from bot.answering import Refusal
from bot.chat.buttons.vote import Vote
from bot.chat.card import ROOM, Card
from bot.chat.layout import name, quoted_names, size
from bot.texts import Texts

UNANSWERED, UNHELPFUL = "report.unanswered", "report.unhelpful"

_QUESTION, _TITLE, _TITLES = 300, 120, 3
_PRIVATE = {UNANSWERED: "report.private", UNHELPFUL: "report.private_votes"}
# For the title, both headings, and the lines that count what is private and what found no room.
_FRAME = 600


class ReportPage:
    """Lines under two headings until the card is full; what comes later is only counted."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._lines: dict[str, list[str]] = {UNANSWERED: [], UNHELPFUL: []}
        self._private: Counter[str] = Counter()
        self._room = ROOM - _FRAME
        self._left_out = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not any((*self._lines.values(), self._private))

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

    def count(self, heading: str) -> None:
        """Count what is private under a heading, without a word of it."""
        self._private[heading] += 1

    def card(self) -> Card:
        """Lay the page out."""
        listed = {key: [*lines, *self._counted(key)] for key, lines in self._lines.items()}
        blocks = ["\n".join((f"**{self._texts(key)}**", *lines)) for key, lines in listed.items() if lines]
        if self._left_out:
            blocks.append(self._texts("report.left_out", count=self._left_out))
        return Card(tuple(blocks), title=self._texts("report.title"))

    def _counted(self, heading: str) -> list[str]:
        count = self._private[heading]
        return [self._texts(_PRIVATE[heading], count=count)] if count else []


def refused_line(refusal: Refusal, texts: Texts) -> str:
    """Name a question that was refused, with the one that it leans on."""
    line = question_line(refusal.question, texts)
    if before := refusal.completed_from:
        line = texts("report.follows", line=line, before=name(before, _QUESTION, texts.language))
    return line


def question_line(question: str, texts: Texts) -> str:
    """Name a question."""
    return texts("report.question", question=name(question, _QUESTION, texts.language))


def vote_line(vote: Vote, texts: Texts) -> str:
    """Name the answer that a vote is about by its question, or else by the articles that it quotes, and lead to it."""
    if vote.question:
        line = question_line(vote.question, texts)
    else:
        line = texts("report.answer", titles=quoted_names(vote.titles[:_TITLES], _TITLE, texts))
    return texts("report.voted", line=line, url=vote.url)
