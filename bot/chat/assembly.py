"""The parts of the bot that outlive a client, made and handed to each other."""

import asyncio
from dataclasses import dataclass
from functools import partial

from bot.answering import Answerer, Gaps, Refusal
from bot.articles import RemovalList
from bot.articles.importing import AddedArticles
from bot.chat.admission import Admission
from bot.chat.buttons.dispatch import ButtonDispatcher, ButtonHandler, ask_example, delete_answer, remove_answer
from bot.chat.buttons.page_buttons import (
    open_article,
    show_further,
    show_quotes,
    turn_article,
    turn_list,
    turn_timeline,
)
from bot.chat.buttons.privacy import Privacy
from bot.chat.buttons.votes import Vote, VoteChange, Votes, cast_vote
from bot.chat.cards.button_ids import ButtonKind
from bot.chat.cards.reading_cards import citation_card, context_card
from bot.chat.exchange.delivery import FindClient
from bot.chat.exchange.message_filter import SeenIds
from bot.chat.exchange.open_replies import OpenReplies
from bot.chat.following.follow_desk import FollowDesk
from bot.chat.following.follow_post import FollowPost
from bot.chat.moderation.addition_requests import Additions
from bot.chat.moderation.gap_counter import GapCounter
from bot.chat.moderation.moderator_channel import AuditChannel, ModeratorChannel
from bot.chat.moderation.reloads import Reloads
from bot.chat.moderation.reports import Reports
from bot.chat.news.new_articles import NewArticles
from bot.chat.news.news_desk import NewsDesk
from bot.chat.news.news_post import NewsPost
from bot.chat.news.source_watch import SourceWatch
from bot.chat.news.weekly_report import DailyFigures, WeeklyReport
from bot.chat.open_refusals.bells import Bells
from bot.chat.open_refusals.card_places import CardPlaces
from bot.chat.open_refusals.open_refusals import OpenRefusals
from bot.chat.permissions import HomeServers, Moderators
from bot.chat.request_handler import RequestHandler
from bot.edition import Editions
from bot.records import Records
from bot.records.retention import days_kept
from bot.records.tables import REFUSALS
from bot.settings import Settings
from bot.texts import Texts
from bot.workers.threads import Worker

# Chosen: half of the time that an answer from a cluster takes is spent waiting for a node.
_THREADS_THAT_WAIT = 4


@dataclass(frozen=True, slots=True)
class Materials:
    """What the bot is made of, and what other rooms have made."""

    settings: Settings
    texts: Texts
    editions: Editions
    answerer: Answerer
    gaps: Gaps
    records: Records
    added: AddedArticles
    removals: RemovalList


class Parts:
    """All of them; what commands and buttons need is public."""

    def __init__(self, made_of: Materials, stop: asyncio.Event, find_client: FindClient) -> None:
        """Make the parts; `find_client` gives the client that is connected, as soon as one is."""
        settings, texts, editions, records = made_of.settings, made_of.texts, made_of.editions, made_of.records
        discord, days = settings.discord, settings.records.records_days
        self.settings, self.records = discord, records
        self.seen = SeenIds()
        self.homes = HomeServers(discord)
        self.moderators = Moderators(self.homes, discord.moderator_role_ids)
        channel = ModeratorChannel(discord.moderator_channel_id, find_client)
        self.reports = Reports(channel.send, texts, discord.report_seconds)
        limit = settings.limit
        self.open_replies = OpenReplies(settings.corpus.cache / f"open-replies-{discord.bot_id or 0}")
        self.admission = Admission(limit.member_per_minute, limit.channel_per_minute, self._note_unanswered)
        self.handler = handler = RequestHandler(
            editions,
            made_of.answerer,
            texts,
            stop,
            admission=self.admission,
            open_replies=self.open_replies,
            threads=_THREADS_THAT_WAIT if settings.search.addresses else 1,
        )
        # Not in the threads that browse, of which there may be several.
        self.gaps = GapCounter(made_of.gaps, Worker(), records, days_kept(REFUSALS, days))
        self.reloads = reloads = Reloads(handler, AuditChannel(channel.send, texts), lambda: channel.is_seen)
        is_private = settings.corpus.allow_private
        self.additions = Additions(handler, made_of.added, made_of.removals, reloads, allow_private=is_private)
        places = CardPlaces(find_client, discord.shard_ids)
        self.open_refusals = refusals = OpenRefusals(handler, records, self.homes, self.gaps, places)
        self.figures = DailyFigures(records)
        self.news_post = NewsPost(records, texts, self.homes, channel.send)
        week = WeeklyReport(handler, records, channel.id, self.gaps.largest)
        self.source_watch = SourceWatch(handler, records, channel.id, find_client)
        self.follows = FollowDesk(handler, records)
        followed = FollowPost(handler, records, places.is_ours, refusals.note_card)
        self.news_desk = NewsDesk(records, editions, self.news_post, week, followed.send_due, find_client=find_client)
        self.new_articles = NewArticles(handler, records)
        self.votes = Votes(records, self.homes)
        self.privacy = Privacy(handler, records, self.votes, days)
        bells = Bells(handler, records, days_kept(REFUSALS, days), refusals.note_waiting)
        presses: dict[ButtonKind, ButtonHandler] = {
            ButtonKind.CONTEXT: partial(show_quotes, handler, context_card),
            ButtonKind.CITE: partial(show_quotes, handler, citation_card),
            ButtonKind.MORE: partial(show_further, handler, in_place=False),
            ButtonKind.PAGE: partial(show_further, handler, in_place=True),
            ButtonKind.VOTE: partial(cast_vote, handler, self.votes),
            ButtonKind.ERASE: self.privacy.press,
            ButtonKind.DELETE: partial(delete_answer, handler, self.moderators),
            ButtonKind.REMOVE: partial(remove_answer, handler, self.moderators),
            ButtonKind.LIST: partial(turn_list, handler, self.new_articles),
            ButtonKind.ARTICLE: partial(turn_article, handler),
            ButtonKind.OPEN: partial(open_article, handler),
            ButtonKind.TIMELINE: partial(turn_timeline, handler, refusals.note_card),
            ButtonKind.EXAMPLE: partial(ask_example, handler, discord.channel_ids),
            ButtonKind.BELL: bells.ring,
            ButtonKind.WAIT: bells.wait,
            ButtonKind.UNWAIT: bells.end_wait,
            ButtonKind.FOLLOW: self.follows.press,
            ButtonKind.UNFOLLOW: self.follows.end,
            ButtonKind.RENEW: self.follows.renew,
        }
        self.buttons = ButtonDispatcher(handler, self.seen, presses)
        # The parts hear of what happens in others.
        reloads.listeners += [refusals.note_reload, self.news_desk.note]
        self.handler.outcome_listeners.append(lambda _, outcome: self.figures.note_outcome(outcome))
        self.handler.deletion_listeners.append(self.votes.forget_questions)
        self.votes.listeners += [self._note_vote, refusals.note_vote]

    def _note_unanswered(self, refusal: Refusal, server: int | None) -> None:
        """Report an unanswered question, and count it as a gap unless a scope narrowed it.

        Moderators read its words where it is public in a home server; any other is only counted.
        """
        is_public = self.homes.is_home(server)
        if refusal.scope is None:
            self.gaps.note(refusal, is_public=is_public)
        self.reports.note_refusal(refusal, is_public=is_public)

    def _note_vote(self, vote: Vote) -> None:
        """Count a vote and report it, with the words of its question only where they are public in a home server."""
        # The figures of this run do not count the vote of an earlier one.
        self.handler.metrics.note_vote(helpful=vote.helpful, is_changed=vote.change is VoteChange.CHANGED)
        self.figures.note_vote(helpful=vote.helpful, is_changed=vote.change is not VoteChange.FIRST)
        self.reports.note_vote(vote, is_public=self.homes.is_home(vote.public_guild_id))
