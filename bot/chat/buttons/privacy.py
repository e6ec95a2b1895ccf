"""What is kept with a member's id: shown to that member alone, and deleted once they have said so twice."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import chain

import discord

from bot.chat.buttons.votes import Votes
from bot.chat.cards.button_ids import ButtonKind, StaleButtonError, custom_id
from bot.chat.cards.card import Attachment, Button, Card, notice
from bot.chat.cards.card_text import inline, link, one_line, size
from bot.chat.cards.quote_text import fit_list
from bot.chat.chat_errors import ReplyError
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records, RecordsAwayError
from bot.records.member_rows import Follow, MemberRows, MemberVote, MemberWait, delete_member_rows, read_member_rows
from bot.records.retention import days_kept
from bot.records.tables import FOLLOWS, QUOTES, REFUSALS, VOTES
from bot.texts import Texts

_FILE = "kept.txt"
_QUESTION = 100
# Chosen: more lines than this are read in a file.
_LISTED = 800
# What a press of a button of these cards asks for.
CONFIRM, ERASE, KEEP = "", "yes", "no"


def privacy_card(rows: MemberRows | None, days: int, texts: Texts) -> Card:
    """Say what is kept, and list what of it is a member's; `rows` is None where that cannot be read now.

    `days` are those of RECORDS_DAYS.
    """
    tables = (VOTES, REFUSALS, QUOTES, FOLLOWS)
    ends = (texts(f"privacy.days.{table.name}", count=days_kept(table, days)) for table in tables)
    kept = f"{texts('privacy.body')}\n{' '.join(ends)}"
    if rows is None or rows.is_empty:
        return Card((kept, texts("privacy.nothing" if rows else "privacy.away")), title=texts("privacy.title"))
    linked = partial(link, room=_QUESTION, language=texts.language)
    lists = _lists(rows, texts, linked, partial(inline, room=_QUESTION, language=texts.language))
    button = Button(custom_id(ButtonKind.ERASE, CONFIRM), texts("privacy.erase"))
    answers = (f"**{texts('privacy.answers', count=rows.answers)}**",) if rows.answers else ()
    digest = (texts("privacy.digest"),) if rows.has_digest else ()
    blocks = (
        kept,
        *(
            f"**{texts(heading, count=len(lines))}**\n{fit_list(lines, texts, _LISTED)}"
            for heading, lines in lists.items()
            if lines
        ),
        *answers,
        *digest,
    )
    file = None
    if any(size("\n".join(lines)) > _LISTED for lines in lists.values()):
        whole = _lists(rows, texts, lambda answer, url: f"{answer} {url}", one_line)
        file = Attachment(_FILE, "\n".join((*chain(*whole.values()), *digest)) + "\n")
    return Card(blocks, title=texts("privacy.title"), rows=((button,),), attachment=file)


def confirmation_card(rows: MemberRows, texts: Texts) -> Card:
    buttons = (
        Button(custom_id(ButtonKind.ERASE, ERASE), texts("privacy.erase_all")),
        Button(custom_id(ButtonKind.ERASE, KEEP), texts("privacy.keep")),
    )
    return Card((texts("privacy.confirm", **_counts(rows)),), title=texts("privacy.erase"), rows=(buttons,))


def deleted_card(rows: MemberRows, texts: Texts) -> Card:
    text = texts("privacy.nothing") if rows.is_empty else texts("privacy.deleted", **_counts(rows))
    return notice(text, texts("privacy.erase"))


def _counts(rows: MemberRows) -> dict[str, int]:
    counts = {name: len(getattr(rows, name)) for name in ("votes", "waits", "follows")}
    return {**counts, "answers": rows.answers}


def _lists(
    rows: MemberRows, texts: Texts, write_answer: Callable[[str, str], str], write: Callable[[str], str]
) -> dict[str, list[str]]:
    """Write a line for each vote, wait and follow, by the key of the heading above them."""

    def day(seconds: int) -> str:
        return texts.day(datetime.fromtimestamp(seconds, UTC).date())

    def vote_line(vote: MemberVote) -> str:
        answer = write_answer(one_line(vote.question) if vote.question else texts("privacy.answer"), vote.url)
        return texts("privacy.vote", sign="👍" if vote.is_helpful else "👎", answer=answer, date=day(vote.voted_at))

    def wait_line(wait: MemberWait) -> str:
        key = "privacy.told" if wait.is_told else "privacy.tell_directly" if wait.is_direct else "privacy.tell_here"
        question = write(" / ".join(filter(None, (wait.previous, wait.question))))
        return texts(key, question=question, date=day(wait.asked_at), channel=f"<#{wait.channel_id}>")

    follows = [(one, " / ".join(filter(None, (one.previous, one.subject)))) for one in rows.follows]
    return {
        "privacy.votes": [*map(vote_line, rows.votes)],
        "privacy.waits": [*map(wait_line, rows.waits)],
        "privacy.follows": [follow_line(one, subject, texts, write) for one, subject in follows],
    }


def follow_line(follow: Follow, subject: str, texts: Texts, write: Callable[[str], str]) -> str:
    """Say what a member follows, where they are told and until when."""
    key, day = "follow.told_directly" if follow.is_direct else "follow.told_here", texts.day(follow.last_day)
    return texts(key, subject=write(subject), channel=f"<#{follow.channel_id}>", date=day)


class Privacy:
    """Shows and deletes what is kept with the id of whoever calls or presses; nobody reaches another member's."""

    def __init__(self, handler: RequestHandler, records: Records, votes: Votes, days: int) -> None:
        self._handler, self._records, self._votes, self._days = handler, records, votes, days

    async def show(self, interaction: discord.Interaction) -> None:
        """Reply with what is kept, and what of it is the member's."""
        await self._handler.show(interaction, lambda _: self._kept(interaction.user.id))

    async def press(self, interaction: discord.Interaction, payload: str) -> None:
        """Ask whether to delete, delete, or go back, as a button says."""
        pages = {CONFIRM: self._confirm, ERASE: self._delete, KEEP: self._kept}

        async def page(_: Edition) -> Card:
            if payload not in pages:
                raise StaleButtonError
            return await pages[payload](interaction.user.id)

        await self._handler.show(interaction, page, in_place=True)

    async def _kept(self, member: int) -> Card:
        rows: MemberRows | None = None
        # What is kept of members at all can be said without the records.
        with suppress(RecordsAwayError):
            rows = await self._records.ask(read_member_rows, member_id=member)
        return await self._handler.browse_worker.run(privacy_card, rows, self._days, self._handler.texts)

    async def _confirm(self, member: int) -> Card:
        rows = await self._records.ask(read_member_rows, member_id=member)
        if rows.is_empty:
            return privacy_card(rows, self._days, self._handler.texts)
        return confirmation_card(rows, self._handler.texts)

    async def _delete(self, member: int) -> Card:
        """Delete at once, behind all changes that wait; where the records are away, with the first that they take."""
        self._votes.forget(member)
        try:
            return deleted_card(await self._records.ask(delete_member_rows, member), self._handler.texts)
        except RecordsAwayError as error:
            self._records.write(delete_member_rows, member)
            raise ReplyError("privacy.not_yet", private=True) from error
