"""Scenes of what is rarely seen: errors, waits, each kind of refusal, paged articles, and what moderators are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.answering import AskedKind, Gap, Gaps, Reason, RefusalDetail, Requirement
from bot.answering.reasons import VALUED
from bot.articles import Article, ArticleError, Paragraph, QualityWarning, Rejection, RejectionReason
from bot.articles.html import ExtractionReport
from bot.articles.importing import AddedArticle, ImportedArticle
from bot.articles.importing.page_download import FetchError, FetchReason
from bot.articles.sources import SourceError
from bot.chat.buttons.privacy import confirmation_card, deleted_card, privacy_card
from bot.chat.buttons.votes import Vote
from bot.chat.cards.answer_card import outcome_card, question_lines
from bot.chat.cards.article_card import article_card
from bot.chat.cards.card import Card, notice
from bot.chat.cards.source_list import SourceList, list_page_card, sources_card
from bot.chat.moderation.addition_cards import added_card, error_card, known_card, removed_card
from bot.chat.moderation.addition_drafts import Draft, Drafts
from bot.chat.moderation.addition_form import AdditionWords
from bot.chat.moderation.addition_requests import kept_card
from bot.chat.moderation.reload_cards import (
    AuditedWork,
    ReloadFailure,
    audit_line,
    failure_card,
    reload_card,
    running_error,
)
from bot.chat.moderation.reports import ReportPage, refused_line, vote_line
from bot.chat.moderation.status_card import BotStatus, status_card
from bot.chat.news.new_articles import new_articles_card
from bot.chat.news.news_cards import gaps_card, news_card, weekly_card
from bot.chat.open_refusals.bells import told_card
from bot.chat.open_refusals.late_answers import late_answer_card
from bot.edition import Changes, GateError, GoldenError, GoldenFailure, GoldenQuestion, ReloadRunningError, Running
from bot.records.member_rows import MemberRows, MemberVote, MemberWait
from bot.records.news.arrivals import Arrival
from bot.records.news.week import ANSWERED, HELPFUL, REFUSED, UNHELPFUL, Week
from bot.records.refusals import UntoldMember
from bot.retrieval import Scope
from bot.texts import Texts
from tests.answering.coverage import KNOWLEDGE
from tests.cards.scene import Scene, by_name, card_scene
from tests.chat.doubles import edition, reloaded, rolled_back
from tests.chat.samples import ARABIC, ENGLISH, answer, article, refusal

_REFERENCE, _MODERATOR = "0a1b2c", "<@7>"
_AT = datetime(2026, 11, 24, 16, 45, tzinfo=UTC)
_ROOMS = "<#11> <#12>"

_TITLES = ("موسم الزيتون يبدأ مبكراً", "Old Town Library Opens", "كلفة خط الترام الجديد", "30 مليون دولار لسدّ الوادي")
_MANY = tuple(
    article(f"{_TITLES[number % 4]} ({number})", published=date(2026, 1, 1) + timedelta(number), url=None)
    for number in range(30)
)
_SECTIONS = (None, None, "البداية", "البداية", "البداية", "البداية", "Booktown Systems", "الخاتمة")
_LONG = replace(
    article("كيف بُني سدّ الوادي", outlet="404 Media"),
    author="هدى النجار",
    paragraphs=tuple(
        Paragraph(f"المرحلة رقم {number} من بناء السدّ، وكلفتها 40,000 دينار. ثم بدأ ما بعدها.", section)
        for number, section in enumerate(_SECTIONS, 1)
    ),
)
_NEAR = (_MANY[1], _LONG, article("خبر بلا رابط", url=None, outlet=None, published=None))


_LINK = "https://discord.com/channels/1234567890123456789/1234567890123456789/1234567890123456789"
_SECONDS = int(_AT.timestamp())
_KEPT = MemberRows(
    [
        MemberVote(_SECONDS, True, _LINK, "كم بلغت كلفة خط الترام الجديد؟"),
        MemberVote(_SECONDS, False, _LINK, None),
        MemberVote(_SECONDS, False, _LINK, "من هو مدير شركة Booktown Systems في المدينة؟"),
    ],
    [
        MemberWait(_SECONDS, "متى يُفتتح F-35 Museum؟", None, is_direct=True, channel_id=11),
        MemberWait(_SECONDS, "وكم كلفته؟", "من بنى المتحف؟", is_direct=False, channel_id=12),
    ],
)


def _private(texts: Texts) -> tuple[Card, ...]:
    """Return the cards of `/privacy`, in the order in which they are met, and where nothing can be shown."""
    return (
        privacy_card(_KEPT, 90, texts),
        confirmation_card(_KEPT, texts),
        deleted_card(_KEPT, texts),
        privacy_card(MemberRows(), 1, texts),
        privacy_card(None, 90, texts),
    )


def _told(*keys: str, **values: object) -> tuple[Card, ...]:
    """Return notices of the texts of keys."""
    return tuple(notice(ARABIC(key, **values)) for key in keys)


def _shown(question: str, why: str) -> Card:
    """Return an answer that cannot be a reply, with its question and the reason above it."""
    return replace(outcome_card(answer(article()), ARABIC), above=(why, *question_lines(question, None, ARABIC)))


def _late() -> Card:
    """Return an answer that came late."""
    return late_answer_card(outcome_card(answer(article()), ARABIC), (), _AT.date(), ARABIC)


def _late_and_direct() -> Card:
    """Return an answer that came late and directly, with all that may stand above it."""
    late = replace(answer(article()), completed_from="أين مكتبة Old Town؟")
    shown = (ARABIC("reply.directly", channel="<#11>"),)
    return late_answer_card(outcome_card(late, ARABIC, with_question=True), shown, _AT.date(), ARABIC)


def _told_of(*questions: str, member: int | None = None) -> Card:
    one = UntoldMember(1, 7, 2, 3, is_direct=True, question="", begun_at=None, url="https://discord.com/channels/1/2/3")
    return told_card([(ARABIC, [replace(one, question=question) for question in questions])], member)


def _refused(reason: Reason) -> Card:
    """Return the refusal for a reason, with what it comes with."""
    is_near = reason in {Reason.OFF_TOPIC, Reason.UNSUPPORTED}
    missing = ("المتحف", "Booktown") if is_near else ()
    return outcome_card(refusal(reason, missing, _NEAR if reason is Reason.UNSUPPORTED else ()), ARABIC)


def _lacking(requirement: Requirement, kind: AskedKind = AskedKind.DATE, *words: str) -> Card:
    detail = RefusalDetail(requirement, kind, words)
    return outcome_card(replace(refusal(Reason.UNSUPPORTED), detail=detail), ARABIC)


_LACKING = (
    _lacking(Requirement.YEAR, AskedKind.DATE, "2022"),
    _lacking(Requirement.NAME, AskedKind.DATE, "NATO", "لبنان"),
    _lacking(Requirement.RELATION, AskedKind.DATE, "ولد"),
    *(_lacking(Requirement.VALUE, kind) for kind in sorted({*VALUED, AskedKind.REASON})),
    _lacking(Requirement.COUNT),
    _lacking(Requirement.ASKED_NAME),
    _lacking(Requirement.OTHER_YEAR),
    _lacking(Requirement.OPPOSITE),
    _lacking(Requirement.FOLLOW_UP),
)

_GOLDEN = GoldenError(
    (
        GoldenFailure(GoldenQuestion("كم بلغت كلفة خط الترام؟", "tram"), True, ("olives", "404-media")),
        GoldenFailure(GoldenQuestion("من كتب Old Town؟", "gone"), False, ()),
        GoldenFailure(GoldenQuestion("ما عاصمة فرنسا؟", None), True, ("tram",)),
    ),
    12,
)
_AWAY = SourceError("source.busy", url="https://host.example/a.zip")
_CHANGES = Changes((_MANY[0], _LONG), (), (_MANY[1],), (Rejection("خبر.md", RejectionReason.NO_TITLE),))


def _audits() -> tuple[Card, ...]:
    done, forced, back = (
        AuditedWork(_MODERATOR, kind, reference=_REFERENCE) for kind in ("reload", "forced", "rollback")
    )
    added = AuditedWork(_MODERATOR, "added", "Old Town Library Opens")
    removed = AuditedWork(_MODERATOR, "removed", _LONG.title, reference=_REFERENCE)
    told = (
        (reloaded(_CHANGES, by=_MODERATOR), done),
        (reloaded(_CHANGES, by=_MODERATOR), added),
        (_GOLDEN, removed),
        (reloaded(_CHANGES, by=_MODERATOR), forced),
        (_GOLDEN, done),
        (GateError("shrunk", before=900, after=12, percent=50), AuditedWork(reference=_REFERENCE)),
        (_AWAY, forced),
        (rolled_back(by=_MODERATOR), back),
    )
    return tuple(notice(audit_line(outcome, work, ARABIC)) for outcome, work in told)


def _report() -> Card:
    page = ReportPage(ARABIC)
    page.add("report.unanswered", refused_line(refusal(Reason.UNSUPPORTED, ("المتحف",)), ARABIC))
    page.add("report.unanswered", refused_line(replace(refusal(), completed_from="من بنى المتحف؟"), ARABIC))
    page.count("report.unanswered")
    for question, titles in (("كم سعر F-35؟", ()), (None, (_LONG.title, "Old Town Library Opens"))):
        vote = Vote(question, False, titles, 1, "https://discord.com/channels/1/2/3")
        page.add("report.unhelpful", vote_line(vote, ARABIC))
    page.count("report.unhelpful")
    return page.card()


def _status(**about: object) -> Card:
    state = BotStatus("corpus/", timedelta(hours=51), 0.0421, last=reloaded(by=_MODERATOR))
    return status_card(edition(*_MANY[:6], _LONG), replace(state, **about), ARABIC)  # type: ignore[arg-type]


_FAILURE = ReloadFailure(ARABIC("reload.not_built", reference=_REFERENCE), None, _AT)
_CATALOGUE = edition(*_MANY, _LONG)
_SCOPE = Scope(since=date(2026, 1, 20), outlet="صحيفة الضفة")


def _listed(scope: Scope | None, title: str, page: int = 0) -> Card:
    return sources_card(_CATALOGUE, replace(SourceList.from_typed(scope, title), page=page), ARABIC)


def _english(one: Article) -> tuple[Card, ...]:
    return (
        outcome_card(replace(refusal(Reason.UNSUPPORTED, ("museum",), _NEAR), hint="Please ask in Arabic."), ENGLISH),
        sources_card(edition(*_MANY[:4], _LONG), SourceList(), ENGLISH),
        article_card(one, 1, ENGLISH),
    )


_SECOND = int(_AT.timestamp())
_DAY = 24 * 60 * 60
_NEWS = tuple(
    Arrival(
        f"{number}", f"{_TITLES[number % 4]} ({number})", outlet, f"https://news.example/{number}", _AT.date(), _SECOND
    )
    for number, outlet in zip(range(18), ("صحيفة الضفة", "404 Media", None) * 6, strict=True)
)
_ARCHIVE = tuple(replace(one, published=date(2020, 1, 1)) for one in _NEWS * 20)
_GAPS = (
    Gap("متحف البحر", Reason.OFF_TOPIC, 7, ("متى افتتح متحف البحر؟",), _AT),
    Gap("F-35", Reason.UNSUPPORTED, 2, ("كم سعر F-35؟",), _AT),
)
_WEEK = Week(
    date(2026, 11, 16),
    {ANSWERED: 128, REFUSED: 17, HELPFUL: 21, UNHELPFUL: 3},
    (("صحيفة الضفة", 14), ("404 Media", 3), (None, 1)),
    3,
    ("كم بلغت كلفة خط الترام؟", "من كتب Old Town؟"),
)


def _new(texts: Texts) -> tuple[Card, ...]:
    """Return lists of what is new: a page of several, by the day of publication, and with nothing in it."""
    week, times = SourceList(arrived_since=_SECOND - 7 * _DAY), {one.title: _SECOND for one in _MANY[:12]}
    today, away = SourceList(arrived_since=_SECOND), None
    month_ago = _SECOND - 30 * _DAY
    return (
        new_articles_card(_CATALOGUE, week, times, month_ago, texts),
        new_articles_card(edition(article(published=_AT.date())), week, away, month_ago, texts),
        new_articles_card(_CATALOGUE, today, {}, month_ago, texts),
    )


def _posts(texts: Texts) -> tuple[Card, ...]:
    """Return posts of what is new: one, many with older ones, and an archive."""
    return tuple(news_card(some, texts) for some in (_NEWS[:1], (*_NEWS, *_ARCHIVE[:5]), _ARCHIVE))


_IMPORTED = ImportedArticle(
    _LONG,
    "",
    ExtractionReport(("404 Media: صورة للسدّ من الجوّ", "وفي الصفحة نصّ آخر لم يُقرأ."), 11, 2),
    (QualityWarning.NO_DATE,),
)
_ADDED = AddedArticle("2026-03-14-السد", _LONG)
_WORDS = AdditionWords("https://news.example/dam", _LONG.title, "بدأ بناء السدّ.", "404 Media", "الثلاثاء")


def _additions() -> tuple[Card, ...]:
    """Return what moderators are told of articles that they add and remove."""
    refused = error_card(ArticleError(RejectionReason.BAD_DATE, detail="published"), _WORDS, ARABIC)
    return (
        added_card(_ADDED, _IMPORTED, reloaded(_CHANGES, by=_MODERATOR), ARABIC),
        Drafts().offer(refused, Draft(_WORDS), ARABIC),
        error_card(FetchError(FetchReason.PRIVATE), _WORDS, ARABIC),
        known_card(_NEAR[1], ARABIC, by_link=True, is_served=True),
        kept_card(_GOLDEN, AuditedWork(kind="added", reference=_REFERENCE), ARABIC),
        removed_card([_LONG], reloaded(_CHANGES, by=_MODERATOR), ARABIC),
    )


RARE_CASES: dict[str, Scene] = by_name(
    card_scene(
        "errors",
        *_told("error.slow", "error.stopping"),
        *_told("error.discord", "error.unexpected", reference=_REFERENCE),
        *_told("button.stale", "button.not_yours", "error.not_moderator", "error.stale_command", "error.not_here"),
        *_told("error.elsewhere", channels=_ROOMS),
        private=True,
    ),
    card_scene(
        "cooldown",
        *_told("not_now.member", count=2),
        *_told("not_now.channel", channel="<#11>", count=11),
        *_told("not_now.member_minutes", count=3),
        *_told("not_now.crowded"),
        *_told("pointer.elsewhere", here="<#11>", there="<#12>"),
    ),
    card_scene("privacy-pages", *_private(ARABIC), *_told("privacy.not_yet"), private=True),
    card_scene("english-privacy", *_private(ENGLISH), private=True),
    card_scene("direct-answer", _shown("متى افتتحت المكتبة؟", ARABIC("reply.directly", channel="<#11>"))),
    card_scene("no-history", _shown("من افتتح F-35 Museum؟", ARABIC("reply.no_history"))),
    card_scene("late-answer", _late(), _late_and_direct()),
    card_scene(
        "told",
        _told_of("متى افتتح المتحف؟", member=7),
        _told_of("متى افتتح المتحف؟", "من كتب Old Town؟", "كم سعر F-35؟"),
    ),
    card_scene(
        "bell-refused",
        *_told("bell.off", "bell.forgotten", "bell.unseen"),
        *_told("bell.too_many", count=20),
        private=True,
    ),
    card_scene("reply-hidden", *_told("conversation.reply_hidden", me=_MODERATOR), *_told("conversation.go_on")),
    card_scene("refusals", *(_refused(reason) for reason in Reason if reason is not Reason.TOO_LONG)),
    card_scene("lacking", *_LACKING),
    card_scene("english-refusal", *_english(_LONG)),
    card_scene("article-long", article_card(_LONG, 0, ARABIC), article_card(_LONG, 1, ARABIC)),
    card_scene("article-several", list_page_card(None, ARABIC("article.several"), _MANY[:4], ARABIC, SourceList())),
    card_scene("sources-filtered", _listed(_SCOPE, "الزيتون"), _listed(None, "404 Media")),
    card_scene("sources-empty", _listed(Scope(since=date(2031, 1, 1)), "")),
    card_scene("sources-last", _listed(None, "", 99)),
    card_scene("report", _report()),
    card_scene("audit", *_audits()),
    card_scene("additions", *_additions(), private=True),
    card_scene("rollback", reload_card(rolled_back(by=_MODERATOR), ARABIC)),
    card_scene("status-failed", _status(failure=_FAILURE)),
    card_scene("status-stale", _status(source_error=_AWAY, running=Running(_MODERATOR, _AT, "indexing", 30, 100))),
    card_scene(
        "reload-running",
        notice(
            ARABIC(
                "reload.running",
                **running_error(
                    ReloadRunningError(Running(_MODERATOR, _AT, "indexing", 30, 100)),
                    _AT + timedelta(minutes=3),
                    ARABIC,
                ).values,
            )
        ),
    ),
    card_scene("golden-failed", failure_card(_GOLDEN, AuditedWork(reference=_REFERENCE), ARABIC)),
    card_scene("new", *_new(ARABIC), private=True),
    card_scene("english-new", *_new(ENGLISH), private=True),
    card_scene("news-post", *_posts(ARABIC)),
    card_scene("english-news-post", *_posts(ENGLISH)),
    card_scene(
        "news-channel",
        *_told("news.chosen", "news.channel_closed", "news.not_writable", channel="<#11>"),
        *_told("news.off", "news.no_channel"),
        private=True,
    ),
    card_scene("week", weekly_card(_WEEK, _GAPS, ARABIC)),
    card_scene("english-week", weekly_card(_WEEK, _GAPS, ENGLISH)),
    card_scene("gaps-empty", gaps_card(Gaps(KNOWLEDGE, now=lambda: _AT), ARABIC)),
)
