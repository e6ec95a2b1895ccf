"""Additions, corrections and removals on behalf of moderators: imported, written, put to the gates, taken back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain

import discord

from bot.articles import Article, ArticleError, Removal, RemovalList, Removals, link_key, typed_link
from bot.articles.html import decode_saved_page, without_tracking
from bot.articles.importing import (
    AddedArticle,
    AddedArticles,
    ImportedArticle,
    import_file_apart,
    import_page_apart,
    import_text,
)
from bot.articles.importing.page_download import FetchError, check_link, fetch_page
from bot.articles.origins import ADDITIONS
from bot.articles.readers import front_matter_fields, write_markdown
from bot.articles.sources import error_code
from bot.chat.cards.article_card import find_article
from bot.chat.cards.card import REFUSAL, Attachment, Card, notice
from bot.chat.cards.card_text import inline, inline_value
from bot.chat.chat_errors import DELIVERY_ERRORS, ReplyError
from bot.chat.moderation.addition_cards import (
    added_card,
    doubtful_card,
    error_card,
    known_card,
    read_card,
    refused_card,
    removed_card,
    restored_card,
)
from bot.chat.moderation.addition_drafts import Draft, Drafts, check_file
from bot.chat.moderation.addition_form import AdditionWords
from bot.chat.moderation.reload_cards import AuditedWork, ReloadResult, actor_name, failure_text, reload_summary
from bot.chat.moderation.reloads import Reloads
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition, ReloadOutcome, ReloadRunningError
from bot.errors import TextError
from bot.retrieval import SearchError
from bot.texts import Texts, rejection_text
from bot.workers.threads import in_daemon_thread

logger = logging.getLogger(__name__)

Show = Callable[[Card], Awaitable[object]]

# Chosen: nobody tells of the end of a reload, and a person does not see the difference.
_LOOK_EVERY = 0.2
_TYPED, _FILE = 100, "corrected_article.md"
# The fields of the form by their names in an article file.
_FIELDS = {"title": "title", "outlet": "outlet", "published": "day"}
# Those that the form has no field for.
_UNSEEN = ("author", "language")
_MOST_SECONDS = 30.0


class Additions:
    """Adds and removes articles, one after the other, each by a reload of its own that serves it or takes it back.

    What a process that was killed had begun is finished by `resume`. A removed article stays in its source, or among
    what was added, and on the list of what every build leaves out.
    """

    def __init__(
        self,
        handler: RequestHandler,
        added: AddedArticles,
        removal_list: RemovalList,
        reloads: Reloads,
        *,
        allow_private: bool = False,
    ) -> None:
        self.drafts = Drafts()
        self.added = added
        self._handler, self._editions, self._texts = handler, handler.editions, handler.texts
        self._removal_list, self._reloads, self._allow_private = removal_list, reloads, allow_private
        self._phrases = added.phrases
        self._turn = asyncio.Lock()

    async def add(self, draft: Draft, by: str, show: Show) -> Card:
        """Add a draft; return the card of what came of it, which gives the draft back where nothing did.

        Raise ReplyError where the bot is about to stop, and where the article to be corrected is not there.
        """
        card, is_added = await self._add(draft, by, show)
        return card if is_added else self.drafts.offer(card, draft, self._texts)

    async def read_file(self, file: discord.Attachment, beside: AdditionWords, corrects: str = "") -> Card:
        """Read a file; return a card of what it has, to be confirmed, or of why it gives no article.

        What it does not say itself is taken from `beside`. `corrects` names the article whose place it is to take.
        Raise ReplyError where that is not there, or the file is no article by its name and size.
        """
        check_file(file)
        before = await in_daemon_thread(lambda: self.find_added(corrects)) if corrects else None
        beside = AdditionWords.of_article(before.article) if before else beside
        try:
            async with asyncio.timeout(_MOST_SECONDS):
                data = await file.read()
            phrases = self._phrases
            imported = await in_daemon_thread(lambda: asyncio.run(import_file_apart(file.filename, data, phrases)))
        except ArticleError as error:
            write = partial(inline_value, language=self._texts.language)
            return refused_card(rejection_text(error.as_rejection(file.filename), self._texts, write), self._texts)
        except DELIVERY_ERRORS as error:
            logger.debug("A file could not be fetched: %s", error)
            raise ReplyError("addition.file.gone") from error
        own = AdditionWords.of_article(imported.article)
        link, outlet, day = own.link or beside.link, own.outlet or beside.outlet, own.day or beside.day
        words = replace(own, link=link, outlet=outlet, day=day)
        published = date.fromisoformat(day) if day else None
        known = replace(imported.article, url=link or None, outlet=outlet or None, published=published)
        card = read_card(
            replace(imported, article=known), file.filename, before.article if before else None, self._texts
        )
        draft = Draft(words, replace(imported.article, paragraphs=()), before.key if before else "")
        return self.drafts.offer(card, draft, self._texts, is_to_confirm=True)

    def find_added(self, typed: str) -> AddedArticle:
        """Find an article that moderators added, by its key, title or link; raise ReplyError where there is none."""
        added, found = self.added.find(typed), self._named(typed)
        if added is None and found is not None and found.id.startswith(f"{ADDITIONS}/"):
            added = self.added.find(found.id.removeprefix(f"{ADDITIONS}/"))
        if added is not None and not self._editions.removals.has_id(added.corpus_id):
            return added
        title = inline(found.title if found else typed, _TYPED, self._texts.language)
        key = "removal.gone" if added else "correction.of_source" if found else "removal.unknown"
        raise ReplyError(key, title=title, typed=title)

    def correction(self, typed: str) -> tuple[Draft, Card | None]:
        """Return an added article as it is typed, and the card that gives its text out where no form holds it.

        Raise ReplyError where there is none.
        """
        added = self.find_added(typed)
        draft = Draft(AdditionWords.of_article(added.article), replace(added.article, paragraphs=()), added.key)
        if not draft.words.is_long:
            return draft, None
        # To be changed and attached anew.
        file = Attachment(_FILE, write_markdown(added.article))
        card = Card((self._texts("correction.long"),), attachment=file)
        return draft, self.drafts.offer(card, draft, self._texts)

    async def _add(self, draft: Draft, by: str, show: Show) -> tuple[Card, bool]:
        """Add a draft; return the card, and whether the article serves now."""
        texts, words = self._texts, draft.words
        try:
            imported = await self._import(draft)
        except (ArticleError, FetchError) as error:
            return error_card(error, words, texts), False
        except TextError as error:
            return refused_card(texts(error.key), texts), False
        # Who types a text has seen it.
        if not words.text and (doubtful := doubtful_card(imported, texts)):
            return doubtful, False
        # Another moderator's addition is a reload that runs, too.
        await self._until_idle(show)
        async with self._turn:
            await self._until_idle(show)
            try:
                before = await in_daemon_thread(lambda: self.find_added(draft.corrects)) if draft.corrects else None
                refused = await in_daemon_thread(lambda: self._refusal(imported.article, before))
            except SearchError as error:
                refused = refused_card(failure_text(error, "", texts), texts)
            if refused is not None:
                return refused, False
            try:
                begin = partial(self.added.correct, before.key) if before else self.added.add
                added = await in_daemon_thread(lambda: begin(imported))
            except OSError as error:
                return refused_card(texts("addition.unwritable", words=error_code(error)), texts), False
            work = _work(by, added)
            outcome = await self._carry_out(work, partial(self._settle_or_undo, added), show)
        card = outcome if isinstance(outcome, Card) else added_card(added, imported, outcome, texts)
        return card, card is not outcome

    async def _import(self, draft: Draft) -> ImportedArticle:
        """Import a link, or a text; raise FetchError, ArticleError, or TextError where something is missing."""
        words, shown = draft.words.as_meant(datetime.now(UTC).date()), draft.shown
        given = {name: value for name, typed in _FIELDS.items() if (value := asdict(words)[typed])}
        if words.text:
            if not words.title:
                raise TextError("addition.no_title")
            if words.link:
                given["url"] = without_tracking(check_link(words.link, allow_private=self._allow_private))
            fields = front_matter_fields(shown) if shown else {}
            given |= {name: value for name in _UNSEEN if (value := fields.get(name))}
            sources = shown.sources if shown else ()
            return await in_daemon_thread(lambda: import_text(words.title, words.text, self._phrases, given, sources))
        if not words.link:
            raise TextError("addition.nothing")
        return await in_daemon_thread(partial(self._import_link, words.link, given))

    def _import_link(self, link: str, given: Mapping[str, str]) -> ImportedArticle:
        """Fetch and import a page; raise FetchError or ArticleError."""
        # A loop of its own: what is unpacked and decoded of a page would keep the bot's from answering.
        page = asyncio.run(fetch_page(link, allow_private=self._allow_private))
        saved = decode_saved_page(page.data, page.charset, page.url)
        return asyncio.run(import_page_apart(link, saved, self._phrases, given))

    def _refusal(self, article: Article, before: AddedArticle | None = None) -> Card | None:
        """Return why an article is not to be added, such as that one of its link or text is there; None where it is.

        That may be the one `before`, which it is to replace, unless it is the same.
        """
        if not self._editions.builds:
            return refused_card(self._texts("addition.elsewhere"), self._texts)
        if self._editions.is_held_back:
            return refused_card(self._texts("addition.held_back"), self._texts)
        if before and replace(article, id=before.key) == before.article:
            return refused_card(self._texts("correction.same"), self._texts)
        edition, removals = self._editions.current, self._editions.removals
        listed = self.added.list_newest()
        added = [one.article for one in listed if one != before and not removals.has_id(one.corpus_id)]

        def is_other(one: Article) -> bool:
            return before is None or one.id != before.corpus_id

        of_link = None
        if article.url is not None:
            key = link_key(article.url)
            others = (other for other in added if other.url is not None and link_key(other.url) == key)
            of_link = next(chain(filter(is_other, edition.articles.with_link(article.url)), others), None)
        text = _text(article)
        of_texts = filter(is_other, edition.articles.with_text(text))
        of_text = next(chain(of_texts, (one for one in added if _text(one) == text)), None)
        if (other := of_link or of_text) is None:
            return None
        is_served = other not in added or serves(edition, other)
        return known_card(other, self._texts, by_link=of_link is not None, is_served=is_served)

    def _settle_or_undo(self, added: AddedArticle, ended: ReloadResult) -> ReloadOutcome | None:
        """Settle an addition that serves, or undo it; return the outcome of the reload, None where undone.

        Where the reload failed, an earlier one that met the file may have served it.
        """
        if serves(self._editions.current, added.article):
            self.added.settle(added.key)
            return self._editions.last if isinstance(ended, Exception) else ended
        self.added.undo(added.key)
        return None

    async def remove(self, typed: str, by: str, show: Show) -> Card:
        """Remove the article of a key, title or link, with others of its link; return the card of what came of it.

        Raise ReplyError where there is none, or it cannot be removed, and where nothing is built here.
        """
        if not self._editions.builds:
            raise ReplyError("addition.elsewhere")
        async with self._turn:
            await self._until_idle(show)
            articles, serves = await in_daemon_thread(lambda: self._find(typed))
            removals = [Removal(one.id, one.url, one.title) for one in articles]
            # What a rollback holds back can only go with all that is held back, and not return with it.
            work = AuditedWork(by, "removed", articles[0].title, fetches=not serves)
            outcome = await self._change_removals(removals, work, show)
        return outcome if isinstance(outcome, Card) else removed_card(articles, outcome, self._texts)

    async def restore(self, typed: str, by: str, show: Show) -> Card:
        """Bring back the removed article of a key, title or link; return the card of what came of it.

        Raise ReplyError where there is none, or it cannot be brought back, and where nothing is built here.
        """
        if not self._editions.builds:
            raise ReplyError("addition.elsewhere")
        async with self._turn:
            await self._until_idle(show)
            if not (removals := await in_daemon_thread(lambda: self._editions.removals.find(typed))):
                raise ReplyError("restoral.unknown", typed=inline(typed, _TYPED, self._texts.language))
            work = AuditedWork(by, "restored", removals[0].title, fetches=False)
            outcome = await self._change_removals(removals, work, show)
        if isinstance(outcome, Card):
            return outcome
        back = await in_daemon_thread(lambda: [*Removals(removals).served_by(self._editions.current.articles)])
        return restored_card(removals, back, outcome, self._texts)

    def _find(self, typed: str) -> tuple[Sequence[Article], bool]:
        """Find articles to remove, and whether they serve; raise ReplyError where there are none."""
        articles, removals = self._editions.current.articles, self._editions.removals
        if (found := self._named(typed)) is not None:
            of_link = articles.with_link(found.url) if found.url and Removal(found.id, found.url).link_key else ()
            return [found, *(one for one in of_link if one.id != found.id)], True
        # One that was added, and is held back.
        if (added := self.added.find(typed)) is not None and not removals.has_id(added.corpus_id):
            return [replace(added.article, id=added.corpus_id)], False
        typed_words = inline(typed, _TYPED, self._texts.language)
        raise ReplyError("removal.gone" if removals.find(typed) else "removal.unknown", typed=typed_words)

    def _named(self, typed: str) -> Article | None:
        """Return the article of a key, title or link that serves; None where none does."""
        edition = self._editions.current
        # Half a title may be meant for another article, above all for one that is out already.
        named = edition.catalogue.by_title(typed)
        found = find_article(edition, typed) or (named if named and named.title == typed else None)
        return found or next(iter(edition.articles.with_link(typed_link(typed))), None)

    async def _change_removals(
        self, removals: Sequence[Removal], work: AuditedWork, show: Show
    ) -> ReloadOutcome | Card:
        """Put articles on the list of what stays out, or take them off it, and reload; undo that where it fails."""
        kept, is_removal = self._removal_list, work.kind == "removed"
        begin, undo = (kept.add, kept.take_off) if is_removal else (kept.take_off, kept.add)

        def settle_or_undo(ended: ReloadResult) -> ReloadOutcome | None:
            # Where the reload failed, an earlier one that met the list may have served it; where it did not, another
            # process may have made serve what has the article.
            is_out = not any(Removals(removals).served_by(self._editions.current.articles))
            has_failed = not is_out if is_removal else isinstance(ended, Exception)
            if has_failed:
                undo(removals)
            kept.settle()
            return None if has_failed else self._editions.last if isinstance(ended, Exception) else ended

        try:
            await in_daemon_thread(lambda: begin(removals))
        except OSError as error:
            with suppress(OSError):
                undo(removals)
            raise ReplyError("addition.unwritable", words=error_code(error)) from error
        return await self._carry_out(work, settle_or_undo, show)

    async def resume(self) -> None:
        """Finish what a killed process had begun, and tell the moderators how that ended."""
        async with self._turn:
            with suppress(ReplyError, SearchError):
                for added in await in_daemon_thread(self.added.unsettled):
                    await self._carry_out(_work(None, added), partial(self._settle_or_undo, added), _show_nobody)
                if not self._editions.builds:
                    return
                removals = self._editions.removals
                serving = await in_daemon_thread(lambda: [*removals.served_by(self._editions.current.articles)])
                if serving:
                    begun = [one for one in removals if any(Removals([one]).has(a.id, a.url) for a in serving)]
                    work = AuditedWork(None, "removed", serving[0].title, fetches=False)
                    await self._change_removals(begun, work, _show_nobody)

    async def _carry_out(
        self, work: AuditedWork, settle: Callable[[ReloadResult], ReloadOutcome | None], show: Show
    ) -> ReloadOutcome | Card:
        """Reload, and settle or undo what was begun, as soon as the search server tells what serves.

        Return the outcome, or a card of why it was undone. Raise ReplyError where the bot stops meanwhile: the next one
        finishes it.
        """
        ended = await self._publish(work, show)
        while True:
            try:
                return await in_daemon_thread(lambda: settle(ended)) or kept_card(ended, work, self._texts)
            except SearchError as error:
                logger.debug("Whether an article serves cannot be read yet: %s", error)
            if self._handler.is_stopping:
                raise ReplyError("addition.resumed")
            await asyncio.sleep(_LOOK_EVERY)

    async def _publish(self, work: AuditedWork, show: Show) -> ReloadResult:
        """Reload, after another one that runs."""
        while True:
            await self._until_idle(show, is_begun=True)
            try:
                return await self._reloads.attempt(show, work)
            except ReloadRunningError:
                await asyncio.sleep(_LOOK_EVERY)
            except asyncio.CancelledError:
                if not self._handler.is_stopping:
                    raise
                raise ReplyError("addition.resumed") from None

    async def _until_idle(self, show: Show, *, is_begun: bool = False) -> None:
        """Wait until no reload runs, and say for whose this waits; raise ReplyError where the bot stops meanwhile."""
        shown = None
        while (running := self._editions.running) is not None:
            if self._handler.is_stopping:
                raise ReplyError("addition.resumed" if is_begun else "error.stopping")
            if shown != running.since:
                shown = running.since
                with suppress(*DELIVERY_ERRORS):
                    await show(notice(self._texts("addition.waiting", who=actor_name(running.by, self._texts))))
            await asyncio.sleep(_LOOK_EVERY)


def kept_card(ended: ReloadResult, work: AuditedWork, texts: Texts) -> Card:
    """Lay out why a change was taken back."""
    if isinstance(ended, Exception):
        why = failure_text(ended, work.reference, texts)
    else:
        is_text = work.kind in {"added", "corrected"}
        why = texts("addition.not_served") if is_text else reload_summary(ended, texts)
    return Card((why, texts(f"undone.{work.kind}")), REFUSAL, title=texts(f"not_done.{work.kind}"))


async def _show_nobody(_: Card) -> None:
    """Show nothing: nobody asked."""


def _work(by: str | None, added: AddedArticle) -> AuditedWork:
    return AuditedWork(by, "corrected" if added.is_corrected else "added", added.article.title)


def serves(edition: Edition, article: Article) -> bool:
    """Whether an edition has an article with these fields and this text, under whatever id."""
    fields = front_matter_fields(article)
    return any(front_matter_fields(other) == fields for other in edition.articles.with_text(_text(article)))


def _text(article: Article) -> tuple[str, ...]:
    return tuple(paragraph.text for paragraph in article.paragraphs)
