"""The changes of a reload: lists as long as a card has room, and a text file of all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, zip_longest

from bot.articles import Article, ChangedSentence, Rejection, changed_sentences
from bot.articles.sources import SourceProblem
from bot.chat.cards.card import Attachment, small_print
from bot.chat.cards.card_text import inline, inline_value, one_line, size
from bot.chat.cards.quote_text import fit_list
from bot.chat.cards.source_lines import article_line, join_parts
from bot.edition import Changes
from bot.texts import Texts, error_text, rejection_text

# Four lists of this size, one of them larger, their headings and what stands above them stay within a card.
_LIST, _CHANGED_LIST = 600, 1100
_SENTENCE, _LINE = 160, 1000
_MOST = 100  # more lines than that has room for, of the shortest words

# Discord takes ten megabytes.
_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class _ChangeList:
    """The first lines of one kind of changes, the number of all, and the room that a card has for it.

    `tells_all` is whether each line shows all that changed.
    """

    key: str
    lines: Sequence[str]
    count: int
    room: int = _LIST
    tells_all: bool = True

    @property
    def fits(self) -> bool:
        return self.tells_all and len(self.lines) == self.count and size("\n".join(self.lines)) <= self.room

    def block(self, texts: Texts) -> str:
        """Lay out as many lines as fit below a heading with the number of all."""
        return f"**{texts(self.key, count=self.count)}**\n{fit_list(self.lines, texts, self.room, self.count)}"


def change_blocks(changes: Changes, texts: Texts) -> list[str]:
    """List added, changed, removed and rejected articles in a block each, as many as fit."""
    return [one.block(texts) for one in _lists(changes, texts) if one.count]


def rejection_blocks(rejections: Sequence[Rejection], texts: Texts) -> list[str]:
    """List rejections in one block; none without rejections."""
    return [_rejection_list(rejections, texts).block(texts)] if rejections else []


def problem_blocks(problems: Sequence[SourceProblem], texts: Texts) -> list[str]:
    """List what is wrong with the source: what keeps its last articles in a block, pages and notes in another."""

    def line(problem: SourceProblem) -> str:
        """Say of which source something could not be had, and why, which mostly names it."""
        reason = error_text(problem.error, texts, partial(inline_value, language=texts.language))
        if problem.source in problem.error.values.values():
            return reason
        return texts("reload.problem", source=inline_value(problem.source, _SENTENCE, texts.language), reason=reason)

    lists: dict[str, list[SourceProblem]] = {"reload.away": [], "reload.problems": []}
    for problem in problems:
        lists["reload.away" if problem.is_away else "reload.problems"].append(problem)
    each = ((key, [*map(line, found[:_MOST])], len(found)) for key, found in lists.items() if found)
    return [_ChangeList(*parts).block(texts) for parts in each]


def _lists(changes: Changes, texts: Texts) -> Iterator[_ChangeList]:
    withdrawn = dict.fromkeys(changes.withdrawn, texts("reload.withdrawn"))
    for key, articles in (("reload.added", changes.added), ("reload.removed", changes.removed)):
        lines = [join_parts(article_line(one, texts), withdrawn.get(one.id)) for one in articles[:_MOST]]
        yield _ChangeList(key, lines, len(articles))
    yield _changed_list(changes, texts)
    yield _rejection_list(changes.rejections, texts)


def _rejection_list(rejections: Sequence[Rejection], texts: Texts) -> _ChangeList:
    lines = [rejection_text(one, texts, partial(inline_value, language=texts.language)) for one in rejections[:_MOST]]
    return _ChangeList("reload.rejected", lines, len(rejections))


def _changed_list(changes: Changes, texts: Texts) -> _ChangeList:
    lines, tells_all = list[str](), True
    # Of some the version before is not known.
    for new, old in zip_longest(changes.changed[:_MOST], changes.previous[:_MOST]):
        told = [list(_told(change)) for change in islice(changed_sentences(old, new), 3)] if old else []
        # A new title is shown beside the first sentence.
        most = 2 if old and old.title != new.title else 1
        tells_all &= len(told) <= most and all(len(words) <= _SENTENCE for first in told for _, words in first)
        first = ((key, inline(words, _SENTENCE, texts.language)) for key, words in chain(*told[:most]))
        small = (small_print(texts(key, words=words)) for key, words in first)
        lines.append("\n".join((article_line(new, texts), *small)))
    return _ChangeList("reload.changed", lines, len(changes.changed), _CHANGED_LIST, tells_all)


def _told(change: ChangedSentence) -> Iterator[tuple[str, str]]:
    """Yield what a sentence was and what it is, where there is one, with the keys of their texts."""
    return ((key, words) for key, words in (("reload.was", change.old), ("reload.is", change.new)) if words)


def change_file(changes: Changes, texts: Texts, room: int = _BYTES) -> Attachment | None:
    """Write all changes into a text file, cut at `room` bytes; None where a card has room for them."""
    if all(one.fits for one in _lists(changes, texts)):
        return None
    lines = list[str]()
    for line in _lines(changes, texts):
        written = line.encode("utf-8", "replace").decode()  # articles may hold halves of letters
        room -= len(written.encode()) + 1
        if room < 0:
            break
        lines.append(written)
    return Attachment("changes.txt", "".join(f"{line}\n" for line in lines))


def _lines(changes: Changes, texts: Texts) -> Iterator[str]:
    withdrawn = dict.fromkeys(changes.withdrawn, texts("reload.withdrawn"))
    for key, articles in (("reload.added", changes.added), ("reload.removed", changes.removed)):
        if articles:
            yield texts(key, count=len(articles))
            yield from (join_parts(_line(one), withdrawn.get(one.id)) for one in articles)
            yield ""
    if changes.changed:
        yield texts("reload.changed", count=len(changes.changed))
        for new, old in zip_longest(changes.changed, changes.previous):
            yield _line(new)
            for change in changed_sentences(old, new) if old else ():
                yield from (f"  {texts(key, words=one_line(words))}"[:_LINE] for key, words in _told(change))
        yield ""
    if changes.rejections:
        yield texts("reload.rejected", count=len(changes.rejections))
        for rejection in changes.rejections:
            yield one_line(rejection_text(rejection, texts, lambda value, _: str(value)))[:_LINE]


def _line(article: Article) -> str:
    parts = (article.published and article.published.isoformat(), article.title, article.outlet, article.url)
    return " · ".join(one_line(part) for part in parts if part)[:_LINE]
