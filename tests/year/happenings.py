"""What happens in a year: which article it befalls in which week, and what each person saw of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from tests.discord_server import Seen
from tests.year.site import Page
from tests.year.stories import Story

APPEARED, LOUD, SILENT = "appeared", "corrected loudly", "corrected silently"
WITHDRAWN, PAYWALLED, COMMENTED = "withdrawn", "turned paywall", "commented"
DUPLICATED, MOVED = "duplicated", "moved (301)"
BROKEN, MENDED, STILL = "feeds broken", "feeds well again", "silent for months"
# How often each happens in a year of 52 weeks, to articles that nothing else happens to.
CHANGES = {LOUD: 12, SILENT: 12, WITHDRAWN: 12, PAYWALLED: 6, COMMENTED: 12, DUPLICATED: 8, MOVED: 6}
GONE, CORRECTED = frozenset({WITHDRAWN, PAYWALLED}), frozenset({LOUD, SILENT})
WEEKS, AT_FIRST, STORIES, BELLS = 52, 60, 140, 40


@dataclass
class Happening:
    """A thing that happens to an article; `number` is its own among those of its kind.

    `card` is an answer that a member had before, `saw` is what each person saw.
    """

    kind: str
    week: int
    number: int
    page: Page
    before: Story
    form: int
    card: Seen | None = None
    saw: dict[str, bool] = field(default_factory=dict)

    def is_right(self, texts: Sequence[str]) -> bool:
        """Tell whether answers to the same in several forms are what they should be from now on.

        Not each form of asking is understood; but no answer says what is no longer so, or the same twice.
        """
        fact, before = self.page.story.fact, self.before.fact
        if self.kind in GONE:
            return not any(before in text for text in texts)
        is_old = fact != before and any(before in text for text in texts)
        return not is_old and max(text.count(fact) for text in texts) == 1


class FailureKind(Enum):
    """What should not be; a year is judged by the first five."""

    WITHDRAWN = "withdrawn text quoted a day after"
    COMMENT = "reader's comment quoted"
    LOST = "tell lost: asked anew, it is answered"
    DOUBLED = "tell doubled"
    NEAR = "bell rung by a near article"
    COVERAGE = "answer not as it should be"
    UNTOLD = "bell not rung by an answer that is not found anew either"
    NO_BELL = "answered at once, in doubt, so that there was no bell to press"


@dataclass
class Bell:
    """A member who waits for an answer from a week on.

    A week later an article comes that lacks the fact, and to half of them another week later one that has it.
    """

    story: Story
    week: int
    member: str
    is_direct: bool
    is_answered: bool
    card: Seen | None = None
    answered_at: float = 0.0
    is_found_anew: bool = True


def change_weeks(at: Sequence[int], weeks: int, chance: random.Random) -> list[tuple[int, str, int]]:
    """Draw the week, kind and number of each change in a year of so many weeks, at some of them."""
    counts = {kind: max(2, count * weeks // WEEKS) for kind, count in CHANGES.items()}
    return [(chance.choice(at), kind, number) for kind, count in counts.items() for number in range(count)]


def bells(told: Sequence[Story], weeks: int, members: Sequence[str], chance: random.Random) -> list[Bell]:
    """Draw who waits for which story from which week on."""
    return [
        Bell(
            story,
            chance.randrange(max(weeks - 3, 1)),
            members[number % len(members)],
            is_direct=number % 2 == 0,
            is_answered=number % 4 < 2,
        )
        for number, story in enumerate(told)
    ]
