"""A year: each week things happen at two newspapers, members ask, the bot reloads and is killed, and all is noted."""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from tests.discord_server import Seen
from tests.discord_server.seen import see
from tests.e2e.moderating import MODERATOR
from tests.year.clock import DAY
from tests.year.happenings import (
    APPEARED,
    AT_FIRST,
    BELLS,
    BROKEN,
    COMMENTED,
    CORRECTED,
    DUPLICATED,
    GONE,
    LOUD,
    MENDED,
    MOVED,
    PAYWALLED,
    STILL,
    STORIES,
    WITHDRAWN,
    Bell,
    FailureKind,
    Happening,
    bells,
    change_weeks,
)
from tests.year.life import MEMBERS, ROOM, Life, written_at
from tests.year.site import Newspaper, Page
from tests.year.stories import Story, stories

# Days between the articles that are there at first; every fourth is the second newspaper's.
_APART = 1.75
# Days between the reloads of a week: the last two are more than a day after the first, and asked is after them.
_RELOADS = (0.05, 1.1, 0.1)
_WEEK = 7.0
# How many seconds a year waits for what should come: what does not come fails, so that no wait is for long.
_COMES_WITHIN = 5.0
# How often a week has a kill, and an answer a question that goes on from it.
_KILLED, _FOLLOWED_UP = 0.25, 0.3
_FOLLOW_UPS = ("المزيد عن هذا", "ومتى نُشر هذا؟", "ما المصدر؟")
_LATEST = "ما آخر الأخبار؟"
PLACES = ("channel", "status", "health", "metrics", "member")
_FIGURES = re.compile(r"\d+")
_LINK = re.compile(r"\[([^\]]+)\]\(")
# Parts of the year: when a feed breaks for a week, and when the second newspaper is silent.
_BREAKS, _SILENCE = (0.1, 0.3, 0.9), (0.4, 0.8)


@dataclass
class Year:
    """What has happened so far, and what was seen of it."""

    life: Life
    papers: tuple[Newspaper, Newspaper]
    weeks: int
    chance: random.Random
    happenings: list[Happening] = field(default_factory=list)
    of_sources: list[tuple[str, dict[str, bool]]] = field(default_factory=list)
    failures: list[tuple[FailureKind, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    # What must not be quoted any more, with the time since when, and what readers wrote.
    _gone: dict[str, float] = field(default_factory=dict)
    _comments: list[str] = field(default_factory=list)
    # Lines that name a newspaper while all is well.
    _usual: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # The first line that was read of each kind in each place.
    read: dict[tuple[str, str], str] = field(default_factory=dict)
    _read_before: int = 0

    def __post_init__(self) -> None:
        told = stories(STORIES + BELLS, self.chance)
        later = (STORIES - AT_FIRST) * self.weeks // 52
        self._first, self._later = told[:AT_FIRST], told[AT_FIRST : AT_FIRST + later]
        waiting = told[STORIES : STORIES + max(8, BELLS * self.weeks // 52)]
        self.bells = bells(waiting, self.weeks, MEMBERS, self.chance)
        self._untouched = list[Page]()
        self._breaks = [max(1, int(part * self.weeks)) for part in _BREAKS[: 1 + self.weeks // 8]]
        whole = [week for week in range(1, self.weeks) if week not in self._breaks]
        self._changes = change_weeks(whole, self.weeks, self.chance)
        self._silence = range(*(int(part * self.weeks) for part in _SILENCE))

    async def live(self) -> None:
        """Live through all of it."""
        # Before the year each newspaper has a rhythm, without which nobody knows that one is silent.
        for story in self._first:
            self._untouched.append(self._publish(story, 0, days_ago=_APART * (AT_FIRST - story.number)))
        await self.life.start()
        options = {"channel": self.life.news}
        called = await self.life.server.run_command("corpus news", options, author=MODERATOR, channel=ROOM)
        await self.life.server.wait_for_reply(called)
        for week in range(self.weeks):
            await self._week(week)
        await self._end()

    async def _week(self, week: int) -> None:
        broken = self.papers[week % 2] if week in self._breaks else None
        mended = next((paper for paper in self.papers if paper.is_broken), None)
        for paper in self.papers:
            paper.is_broken = paper is broken
        # What appears today is not changed before anybody has read it.
        new = [await self._change(kind, number, week) for at, kind, number in self._changes if at == week]
        new += [await self._appear(story, week) for story in self._later[week :: self.weeks]]
        self._bring_to_bells(week)
        cards, before = list[str](), len(self.life.moderators_read())
        for days in _RELOADS:
            self.life.pass_days(days)
            killed = self.chance.random() < _KILLED / len(_RELOADS)
            self.counts["kills"] += killed
            cards.append(await self.life.reload(killed=killed))
        read = self.life.moderators_read()[before:]
        for one in new:
            await self._look(one, "after two days")
            words = one.page.story.fact if one.kind in CORRECTED else one.before.title
            # A comment changes nothing that is told; what a start brings is told in the moderators' channel.
            if one.kind != COMMENTED:
                one.saw["told"] = words in "\n".join([*cards, *read])
        await self._look_at_sources(week, broken, mended, read)
        await self._ring(week)
        await self._listen(week)
        self.happenings += new
        self.life.pass_days(_WEEK - sum(_RELOADS))

    def _publish(self, story: Story, week: int, *, has_fact: bool = True, days_ago: float = 0.0) -> Page:
        first, second = self.papers
        is_second = story.number % 4 == 0 and week not in self._silence and not second.is_broken
        return (second if is_second or first.is_broken else first).publish(story, has_fact=has_fact, days_ago=days_ago)

    async def _appear(self, story: Story, week: int) -> Happening:
        page = self._publish(story, week)
        self._untouched.append(page)
        return Happening(APPEARED, week, story.number, page, story, self.chance.randrange(4))

    async def _change(self, kind: str, number: int, week: int) -> Happening:
        """Let something happen to an article that a member has just read about."""
        page = self._untouched.pop(self.chance.randrange(len(self._untouched)))
        paper = next(paper for paper in self.papers if paper.pages.get(page.path) is page)
        one = Happening(kind, week, number, page, page.story, self.chance.randrange(4))
        for _ in range(len(page.story.kind.asked)):
            one.card = await self._ask(one.before.question(one.form))
            if one.before.fact in one.card.text:
                break
            one.form += 1
        if kind in CORRECTED:
            paper.correct(page, loudly=kind == LOUD)
        elif kind == WITHDRAWN:
            paper.withdraw(page, number)
        elif kind == PAYWALLED:
            paper.close(page)
        elif kind == COMMENTED:
            paper.comment(page, number)
            self._comments.append(page.story.comment)
        elif kind == DUPLICATED:
            other = self.papers[paper is self.papers[0]] if number % 2 else paper
            other = self.papers[0] if week in self._silence else other
            other.publish(page.story, f"/copy{page.path}")
        elif kind == MOVED:
            one.page = paper.move(page)
        if kind in GONE:
            self._gone[one.before.fact] = self.life.calendar.now
        return one

    def _bring_to_bells(self, week: int) -> None:
        for bell in self.bells:
            if week == bell.week + 1:
                self._publish(bell.story, week, has_fact=False)
            if week == bell.week + 2 and bell.is_answered:
                bell.answered_at = self.life.calendar.now
                self._publish(bell.story, week)

    async def _ask(self, question: str, reply_to: Seen | None = None) -> Seen:
        """Ask, and note what must not be in an answer."""
        answer = await self.life.ask(question, self.chance.choice(MEMBERS), reply_to)
        self.counts["questions"] += 1
        now = self.life.calendar.now
        for fact, since in self._gone.items():
            if fact in answer.text and now - since > DAY:
                self._fail(FailureKind.WITHDRAWN, f"{question} → {fact}")
        for comment in self._comments:
            if comment in answer.text:
                self._fail(FailureKind.COMMENT, f"{question} → {comment}")
        return answer

    async def _look(self, one: Happening, when: str) -> None:
        """Ask for what an article says now, go on from the answer, and ask for what a reader says."""
        answers = [await self._ask(one.before.question(one.form + more)) for more in range(2)]
        one.saw[when] = one.is_right([answer.text for answer in answers])
        if not one.saw[when]:
            said = " | ".join(_one_line(answer.text)[:120] for answer in answers)
            self._fail(FailureKind.COVERAGE, f"{one.kind}, {when}: {one.page.story.fact} → {said}")
        if one.card and one.kind in GONE | CORRECTED and one.before.fact in one.card.text:
            one.saw["edited"] = see(one.card.message, self.life.server.world).edits > one.card.edits
        if self.chance.random() < _FOLLOWED_UP:
            await self._ask(self.chance.choice(_FOLLOW_UPS), answers[0])
        if one.kind == COMMENTED:
            await self._ask(one.before.about_comment)

    async def _look_at_sources(
        self, week: int, broken: Newspaper | None, mended: Newspaper | None, read: list[str]
    ) -> None:
        """Note what is said of a newspaper that is ill, well again, or silent for long, and was not said before."""
        is_late = bool(self._silence) and week == self._silence[-1]
        if self._silence and week == self._silence[0]:
            self._read_before = len(self.life.moderators_read())
        latest, page = await self._ask(_LATEST), json.loads(await self.life.page("/health"))
        health = json.dumps({name: page[name] for name in ("ill", "stale")}, ensure_ascii=False)
        gauges = dict(line.split(" ") for line in (await self.life.page("/metrics")).splitlines() if line[:1] != "#")
        said = dict(zip(PLACES, [read, [await self.life.status()], [health], [], [latest.text]], strict=True))
        for kind, paper in ((BROKEN, broken), (MENDED, mended), (STILL, self.papers[1] if is_late else None)):
            if paper is not None:
                # The weekly card has told of silence by now, and members hear of nothing else.
                told = said | ({"channel": self.life.moderators_read()[self._read_before :]} if kind == STILL else {})
                if kind != STILL:
                    del told["member"]
                # A source is named by its address; lists of what came name the newspaper.
                name = paper.outlet if kind == STILL else paper.address
                found = {place: _lines_about(name, texts, self._usual[place]) for place, texts in told.items()}
                gauge = "isnad_outlets_stale" if kind == STILL else "isnad_sources_ill"
                if bool(float(gauges[gauge])) is (kind != MENDED or broken is not None):
                    found["metrics"] = {gauge: f"{gauge} {gauges[gauge]}"}
                # What is well again is named no more.
                gone = {"status", "health"} if kind == MENDED else set[str]()
                self.of_sources.append((kind, {at: bool(lines) is (at not in gone) for at, lines in found.items()}))
                for place, lines in found.items():
                    self.read.setdefault((kind, place), next(iter(lines.values()), ""))
        if not (broken or mended or week in self._silence):
            # In `/health` nobody is named without a reason: who has just been silent may be.
            for place in said.keys() - {"health"}:
                for name in (name for paper in self.papers for name in (paper.outlet, paper.address)):
                    self._usual[place] |= _lines_about(name, said[place]).keys()

    async def _ring(self, week: int) -> None:
        for bell in self.bells:
            if bell.week == week:
                card = await self.life.ask(bell.story.question(bell.story.number), bell.member)
                if await self.life.ring(card, bell.member, directly=bell.is_direct):
                    bell.card = card
                else:
                    self._fail(FailureKind.NO_BELL, f"{bell.story.fact} → {_one_line(card.text)}")

    async def _listen(self, week: int) -> None:
        """Wait for those who should be told this week."""
        for bell in self.bells:
            if week == bell.week + 2 and bell.is_answered and bell.card:
                with suppress(TimeoutError):
                    await self.life.server.until(partial(self._tells, bell), _COMES_WITHIN)
                anew = await self._ask(bell.story.question(bell.story.number))
                bell.is_found_anew = bell.story.fact in anew.text

    def _tells(self, bell: Bell) -> list[float]:
        """Return when a member was told, of a near article or of the answer."""
        told = self.life.told(bell.card, bell.member, directly=bell.is_direct) if bell.card else []
        return [*map(written_at, told)]

    async def _end(self) -> None:
        """Look at everything once more, and count who was told of what."""
        changed = {one.before.number for one in self.happenings if one.kind != APPEARED}
        for one in self.happenings:
            if one.kind != APPEARED or one.before.number not in changed:
                await self._look(one, "at the end")
        await self.life.stop()
        self._count_bells()
        posts = [post.text for post in self.life.server.messages(self.life.news)]
        times = Counter(title for post in posts for title in _LINK.findall(post))
        for one in self.happenings:
            if one.kind == APPEARED:
                one.saw["told"] |= times[one.before.title] > 0
        for title in (story.title for story in self._later if times[story.title] != 1):
            self._fail(FailureKind.DOUBLED if times[title] else FailureKind.LOST, f"news: {title} ×{times[title]}")

    def _count_bells(self) -> None:
        world = self.life.server.world
        for bell in self.bells:
            if bell.card is None:
                continue
            tells = self._tells(bell)
            since = bell.answered_at or float("inf")
            near, real = [at for at in tells if at < since], [at for at in tells if at >= since]
            words = f"{bell.story.question(bell.story.number)} → {_one_line(see(bell.card.message, world).text)}"
            self.counts["bells"] += 1
            if near:
                self._fail(FailureKind.NEAR, words)
            if bell.answered_at:
                self.counts["answers to bells"] += 1
                self.counts["rung"] += bool(real)
                if not real:
                    self._fail(FailureKind.LOST if bell.is_found_anew else FailureKind.UNTOLD, words)
            if len(near) > 1 or len(real) > 1:
                self._fail(FailureKind.DOUBLED, words)

    def _fail(self, kind: FailureKind, words: str) -> None:
        self.failures.append((kind, words))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:240]


def _lines_about(name: str, texts: Sequence[str], known: Set[str] = frozenset()) -> dict[str, str]:
    """Return the lines, each with the next one, that have a name or an address, by themselves without figures.

    Those of links to its articles are none.
    """
    found = dict[str, str]()
    # A card shows addresses with signs that keep them from being links.
    for lines in (text.replace("\\", "").splitlines() for text in texts):
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            if name in line and "](http" not in line:
                found.setdefault(_FIGURES.sub("#", line), f"{line} / {following}"[:300])
    return {line: whole for line, whole in found.items() if line not in known}
