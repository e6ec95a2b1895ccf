"""Votes on answers: kept in the records, and passed on to listeners."""

import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, auto

import discord
from cachetools import LRUCache

from bot.chat.cards.button_ids import ButtonKind, decode_references, find_quotes, parse_number
from bot.chat.cards.card import Card, button_payloads, card_texts, notice
from bot.chat.error_handler import call_each
from bot.chat.exchange.reply_context import answered_question
from bot.chat.permissions import HomeServers, find_public_guild
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records, RecordsAwayError
from bot.records.member_rows import AnswerDeletions, VoteTally, add_words, find_vote, keep_vote, tally_votes
from bot.retrieval import SearchError


class VoteChange(Enum):
    """What a vote is beside the one that the person had on the answer.

    The first, the opposite of one of this run of the process, or of an earlier run, or the same.
    """

    FIRST = auto()
    CHANGED = auto()
    CHANGED_LATER = auto()
    SAME = auto()


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's vote on an answer, which may take the place of the opposite one, and the link to the answer.

    `public_guild_id` is the server where everybody may read the answer. Without one, `question` and `titles` are
    unknown; with one, `question` is None where Discord has it no more. `is_asker` where the vote is of who asked.
    """

    question: str | None
    helpful: bool
    titles: tuple[str, ...]
    public_guild_id: int | None
    url: str
    change: VoteChange = VoteChange.FIRST
    message_id: int = 0
    is_asker: bool = False


# The records are asked for older votes.
_MOST_VOTES = 4096
# As many as are deleted while the question of a vote is looked up.
_MOST_DELETED = 1024


class Votes:
    """Keeps each person's vote on an answer, and passes it and each change of it on to listeners.

    Those of this process are known at once, the records are asked for older ones; while they are away, those count as
    first again.
    """

    def __init__(self, records: Records, homes: HomeServers) -> None:
        self.listeners: list[Callable[[Vote], None]] = []
        self._records, self._homes = records, homes
        self._cast: LRUCache[tuple[int, int], bool] = LRUCache(_MOST_VOTES)
        self._deleted: LRUCache[int, None] = LRUCache(_MOST_DELETED)
        self._deletions: AnswerDeletions | None = None

    async def note(self, message: int, person: int, *, helpful: bool, url: str) -> VoteChange:
        """Keep a person's vote on a message, and tell what it changes."""
        vote, changed = (message, person), VoteChange.CHANGED
        if vote not in self._cast:
            kept = None
            with suppress(RecordsAwayError):
                kept = await self._records.ask(find_vote, message, person)
            # Another press may have come meanwhile.
            if kept is not None and vote not in self._cast:
                self._cast[vote], changed = kept, VoteChange.CHANGED_LATER
        before = self._cast.get(vote)
        self._cast[vote] = helpful
        now = int(time.time())
        self._records.write(keep_vote, message, person, is_helpful=helpful, url=url, voted_at=now)
        if before is None:
            return VoteChange.FIRST
        return VoteChange.SAME if before is helpful else changed

    def add_words(self, message: int, person: int, vote: Vote) -> None:
        """Keep the question and the titles of a vote whose answer is public in a home server."""
        guild = vote.public_guild_id
        if guild is not None and self._homes.is_home(guild) and message not in self._deleted:
            question, titles = vote.question, vote.titles
            self._records.write(add_words, message, person, guild_id=guild, question=question, titles=titles)
            # What is deleted from now on is forgotten behind these words.
            self._deletions = None

    async def tally(self) -> VoteTally | None:
        """Count the votes that are kept; None while the records are away."""
        with suppress(RecordsAwayError):
            return await self._records.ask(tally_votes)
        return None

    def forget(self, person: int) -> None:
        """Forget what this process knows of a person's votes."""
        for vote in [vote for vote in self._cast if vote[1] == person]:
            del self._cast[vote]

    def forget_questions(self, answers: Collection[int]) -> None:
        self._deleted.update(dict.fromkeys(answers))
        if self._deletions is None or not self._deletions.add(answers):
            self._deletions = AnswerDeletions(answers)
            self._records.write(self._deletions.make)


async def cast_vote(handler: RequestHandler, votes: Votes, interaction: discord.Interaction, payload: str) -> None:
    """Thank for a vote; publish it if it is the person's first on this answer, or other than the one before."""
    message, change = interaction.message, VoteChange.SAME

    async def work(_: Edition) -> Card:
        nonlocal change
        helpful = parse_number(payload) == 1
        if message is not None:
            change = await votes.note(message.id, interaction.user.id, helpful=helpful, url=message.jump_url)
        thanks = "vote.helpful" if helpful else "vote.unhelpful"
        key = "vote.same" if change is VoteChange.SAME else thanks
        return notice(card_texts(message, handler.texts)(key))

    # Nobody waits for the listeners.
    with handler.in_flight.track():
        await handler.show(interaction, work)
        if message is not None and change is not VoteChange.SAME:
            vote = await _vote(handler, interaction, message, helpful=parse_number(payload) == 1)
            votes.add_words(message.id, interaction.user.id, vote)
            is_asker = str(interaction.user.id) in button_payloads(message.components, ButtonKind.DELETE)
            call_each(votes.listeners, replace(vote, change=change, message_id=message.id, is_asker=is_asker))


async def _vote(
    handler: RequestHandler, interaction: discord.Interaction, message: discord.Message, *, helpful: bool
) -> Vote:
    """Make a vote, with the words of its question where they are public."""
    is_menu = message.type is discord.MessageType.context_menu_command
    is_hidden = message.flags.ephemeral or is_menu or not interaction.is_guild_integration()
    server = None if is_hidden else find_public_guild(interaction.channel)
    if server is None:
        return Vote(None, helpful, (), None, message.jump_url)
    question, titles = await answered_question(message, handler.texts), await _titles(handler, message)
    return Vote(question, helpful, titles, server, message.jump_url)


async def _titles(handler: RequestHandler, answer: discord.Message) -> tuple[str, ...]:
    """Return the titles of the articles that an answer quotes, none while the search server is away."""
    payloads = button_payloads(answer.components, ButtonKind.CONTEXT)
    places = [place for payload in payloads for place in decode_references(payload)]
    try:
        found = await handler.browse_worker.run(find_quotes, places, handler.editions.current)
    except SearchError as error:
        handler.search.failed(error)
        return ()
    return tuple(dict.fromkeys(quote.article.title for quote in found if quote))
