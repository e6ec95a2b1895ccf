"""The cards of articles that moderators add, correct and remove: what was read, what was left out, what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from bot.articles import NO_ARTICLE_WARNINGS, Article, ArticleError, QualityWarning, RejectionReason, Removal
from bot.articles.importing import AddedArticle, ImportedArticle
from bot.chat.cards.card import REFUSAL, TEXT_LIMIT, Button, Card
from bot.chat.cards.card_text import inline, inline_value
from bot.chat.cards.quote_text import fit_list
from bot.chat.cards.source_lines import article_line
from bot.chat.moderation.addition_form import AdditionWords, FormId, FormKind
from bot.chat.moderation.change_lists import change_blocks, change_file
from bot.chat.moderation.reload_cards import reload_summary
from bot.edition import Changes, Reloaded, ReloadOutcome
from bot.errors import TextError
from bot.texts import Texts, error_text, rejection_text

_LINK, _TYPED, _TITLE = 200, 100, 200
_MOST_SHOWN, _SHOWN, _MOST_NAMED = 3, 200, 5
# Chosen: enough to find a text in its page again, and as many as the import of the command line names.
_MOST_MISSING, _OPENING = 5, 120

# What a typed text can be refused for, each in the words of the form.
_FORM_REASONS = {
    RejectionReason.NO_TITLE: "addition.no_title",
    RejectionReason.NO_BODY: "addition.no_body",
    RejectionReason.BAD_DATE: "addition.bad_day",
    RejectionReason.BAD_URL: "addition.bad_link",
}

# Where the command line names its options.
_IN_OTHER_WORDS = {"fetch.private": "addition.private", "fetch.bad_link": "addition.bad_link"}


def read_card(imported: ImportedArticle, name: str, before: Article | None, texts: Texts) -> Card:
    """Lay out what was read from a file: the article, its beginning, the report; `before` is what it would replace."""
    key = "correction.read" if before else "addition.read_file"
    replaced = inline(before.title, _TITLE, texts.language) if before else ""
    beginning = (one.text for one in imported.article.paragraphs[:_MOST_SHOWN])
    return Card(
        (
            texts(key, file=inline(name, _TYPED, texts.language), title=replaced),
            article_line(imported.article, texts),
            "\n".join(f"> {inline(text, _SHOWN, texts.language)}" for text in beginning),
            "\n".join(report_lines(imported, texts)),
        )
    )


def added_card(added: AddedArticle, imported: ImportedArticle, outcome: ReloadOutcome, texts: Texts) -> Card:
    """Lay out what was added or corrected and serves: the article, the import's report, and what the reload changed.

    A button opens the form with it.
    """
    article, report = article_line(imported.article, texts), "\n".join(report_lines(imported, texts))
    button = Button(str(FormId(FormKind.ADDED, added.key)), texts("correction.form"), "✏️")
    if not added.is_corrected:
        return Card((texts("addition.done"), article, report, _summary(outcome, texts)), rows=((button,),))
    changes = Changes()
    if isinstance(outcome, Reloaded):
        pairs = zip(outcome.changes.changed, outcome.changes.previous, strict=False)
        own = [(new, old) for new, old in pairs if new.id == added.corpus_id]
        changes = replace(changes, changed=[new for new, _ in own], previous=[old for _, old in own])
    blocks = (texts("correction.done"), *(change_blocks(changes, texts) or [article]), report, _summary(outcome, texts))
    return Card(blocks, rows=((button,),), attachment=change_file(changes, texts))


def removed_card(articles: Sequence[Article], outcome: ReloadOutcome, texts: Texts) -> Card:
    """Lay out a removal that serves, and how to undo it."""
    return Card((texts("removal.done"), _lines(articles, texts), _summary(outcome, texts), texts("removal.undo")))


def restored_card(removals: Sequence[Removal], back: Sequence[Article], outcome: ReloadOutcome, texts: Texts) -> Card:
    """Lay out what came back of articles that were removed: nothing where their source has them no more."""
    if not back:
        title = inline(removals[0].title, _TITLE, texts.language)
        return Card((texts("restoral.absent", title=title), _summary(outcome, texts)))
    return Card((texts("restoral.done"), _lines(back, texts), _summary(outcome, texts)))


def _lines(articles: Sequence[Article], texts: Texts) -> str:
    return fit_list([article_line(one, texts) for one in articles[:_MOST_NAMED]], texts, TEXT_LIMIT, len(articles))


def _summary(outcome: ReloadOutcome, texts: Texts) -> str:
    tested = (texts(**golden.words),) if (golden := outcome.serving.golden) else ()
    return "\n".join((reload_summary(outcome, texts), *tested))


def report_lines(imported: ImportedArticle, texts: Texts) -> Iterator[str]:
    """Say what an article has of its page, what was left out, and what looks wrong."""
    extraction = imported.extraction
    yield texts("addition.read", count=len(imported.article.paragraphs))
    if extraction.navigation:
        yield texts("addition.navigation", count=extraction.navigation)
    if extraction.fragments:
        yield texts("addition.fragments", count=extraction.fragments)
    for text in extraction.missing[:_MOST_MISSING]:
        yield texts("addition.missing", opening=inline(text, _OPENING, texts.language))
    if (more := len(extraction.missing) - _MOST_MISSING) > 0:
        yield texts("addition.more_missing", count=more)
    if imported.warnings:
        yield texts("addition.odd", what=_suspicions(imported.warnings, texts))


def _suspicions(warnings: Sequence[QualityWarning], texts: Texts) -> str:
    return f"{texts('import.and')} ".join(texts(f"suspicion.{warning.value}") for warning in warnings)


def doubtful_card(imported: ImportedArticle, texts: Texts) -> Card | None:
    """Lay out why a page does not look like an article; None where it does."""
    doubts = tuple(warning for warning in imported.warnings if warning in NO_ARTICLE_WARNINGS)
    return refused_card(texts("addition.no_article", what=_suspicions(doubts, texts)), texts) if doubts else None


def refused_card(why: str, texts: Texts) -> Card:
    """Lay out why nothing was added."""
    return Card((why,), REFUSAL, title=texts("not_done.added"))


def error_card(error: TextError, words: AdditionWords, texts: Texts) -> Card:
    """Lay out why a link or a text gives no article: in the words of the form, or else in those of every import."""
    link, day = inline(words.link, _LINK, texts.language), inline(words.day, _TYPED, texts.language)
    write, place = partial(inline_value, language=texts.language), words.link or words.title
    # Beside a link only a day can be typed wrongly.
    reasons = [*_FORM_REASONS] if words.text else [RejectionReason.BAD_DATE]
    match error:
        case ArticleError(reason=reason) if reason in reasons:
            return refused_card(texts(_FORM_REASONS[reason], day=day, link=link), texts)
        case ArticleError():
            return refused_card(rejection_text(error.as_rejection(place), texts, write).rstrip(), texts)
        case _ if error.key in _IN_OTHER_WORDS:
            return refused_card(texts(_IN_OTHER_WORDS[error.key], link=link), texts)
        case _:
            values = {"link": words.link, **error.values}
            return refused_card(error_text(TextError(error.key, **values), texts, write).rstrip(), texts)


def known_card(article: Article, texts: Texts, *, by_link: bool, is_served: bool) -> Card:
    """Lay out that an article was there before, or was added before and does not serve, as after a rollback."""
    key = "addition.known_unserved" if not is_served else "addition.known_link" if by_link else "addition.known_text"
    return refused_card(texts(key, article=article_line(article, texts)), texts)
