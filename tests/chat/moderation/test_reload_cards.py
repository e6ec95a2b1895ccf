from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bot.articles import Rejection, RejectionReason
from bot.articles.sources import SourceError, SourceProblem
from bot.chat.cards.card import REFUSAL
from bot.chat.moderation.change_lists import change_blocks, change_file, rejection_blocks
from bot.chat.moderation.reload_cards import (
    AuditedWork,
    actor_name,
    audit_line,
    failure_card,
    reload_card,
    running_error,
)
from bot.edition import (
    BuildError,
    BuildTimeoutError,
    Changes,
    EmptyCorpusError,
    GateError,
    GoldenError,
    GoldenFailure,
    GoldenQuestion,
    NothingBeforeError,
    ReloadCancelledError,
    ReloadOutcome,
    ReloadRunningError,
    Running,
)
from bot.retrieval import ServedElsewhereError
from bot.texts import Texts
from tests.articles.far_articles import with_far_articles
from tests.chat.doubles import FIGURES, edition, reloaded, rolled_back, unchanged
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, FRENCH, article

MANY = tuple(article(f"خبر طويل العنوان رقم {number} " + "كلمة " * 30) for number in range(500))
REJECTIONS = tuple(Rejection("p" * 4000 + ".md", reason, 3, "d" * 4000) for reason in RejectionReason)


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_a_report_names_the_sources_that_were_away(texts: Texts) -> None:
    problem = SourceProblem(
        "https://a.example/feed", SourceError("feed.page.robots", link="https://b.example/1", detail="")
    )
    for outcome in (reloaded(), unchanged()):
        shown = "\n".join(map(str, reload_card(replace(outcome, problems=(problem,)), texts).blocks))
        assert texts("reload.problems", count=1) in shown
        assert "a.example/feed" in shown
        assert "b.example/1" in shown


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH, FRENCH])
@pytest.mark.parametrize("reason", ["status", "gone", "front", "paywalled"])
def test_a_report_has_a_line_for_what_its_source_withdrew(texts: Texts, reason: str) -> None:
    values = {"title": "افتتاح الجسر", "outlet": "وكالة الميناء", "day": "2026-05-29", "feed": "https://a.example/feed"}
    problem = SourceProblem("https://a.example/feed", SourceError(f"feed.withdrawn.{reason}", **values))
    shown = "\n".join(map(str, reload_card(replace(reloaded(), problems=(problem,)), texts).blocks))
    assert all(values[name] in shown for name in ("title", "outlet", "day"))
    assert "a.example" not in shown


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH, FRENCH])
def test_a_report_names_what_gave_itself_for_another_outlets(texts: Texts) -> None:
    feed, page = "https://a.example/feed", "https://a.example/1"
    claimed = "**@everyone** <@1> [الجزيرة](https://b.example) " + "ا" * 500
    error = SourceError("feed.claims", link=feed, number="12", page=page, claimed=claimed)
    card = reload_card(replace(reloaded(), problems=(SourceProblem(feed, error),)), texts)
    block = card.blocks[-1]
    assert within_limits(card)
    assert all(words in block for words in ("a.example/feed", "12", "a.example/1", "الجزيرة"))
    assert not any(acting in block.partition("\n")[2] for acting in ("**@", "<@1>", "](https://b"))


@pytest.mark.parametrize("texts", [ARABIC, pytest.param(ENGLISH, marks=pytest.mark.slow)])
def test_the_largest_report_fits(texts: Texts) -> None:
    outcome = reloaded(Changes(MANY, MANY, MANY, REJECTIONS * 20))
    away = SourceProblem("s" * 5000, SourceError("source.store", url="u" * 5000, words="*" * 5000))
    for problems, blocks in (((), 6), ((away,) * 200, 7)):
        card = reload_card(replace(outcome, problems=problems), texts)
        assert within_limits(card)
        assert len(card.blocks) == blocks


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_all_that_changed_is_counted_though_little_is_listed_and_is_in_the_file(texts: Texts) -> None:
    shortest = [article(f"{number}", outlet=None, url=None, published=None) for number in range(2000)]
    card = reload_card(reloaded(Changes(tuple(shortest), (), (), ())), texts)
    heading, *shown, more = card.blocks[-1].split("\n")
    assert heading == f"**{texts('reload.added', count=2000)}**"
    assert more == texts("list.more", count=2000 - len(shown))
    assert card.attachment
    assert card.attachment.text.split("\n")[:3] == [texts("reload.added", count=2000), "0", "1"]
    assert card.attachment.text.count("\n") == 2002


def test_a_report_that_leaves_nothing_out_comes_without_a_file() -> None:
    card = reload_card(reloaded(Changes((article(),), (), (), REJECTIONS[:1] and ())), ARABIC)
    assert card.attachment is None
    assert card.files() == []


def test_changes_that_are_elsewhere_are_read_in_a_batch_a_list() -> None:
    near = edition(*(article(f"خبر {number}") for number in range(120)))
    far, store = with_far_articles(near)
    added, removed = np.arange(60), np.arange(60, 120)
    cards = [
        reload_card(reloaded(Changes(one.select(added), (), one.select(removed), ())), ARABIC)
        for one in (near.articles, far.articles)
    ]
    assert cards[0] == cards[1]
    assert cards[0].attachment
    assert [len(batch) for batch in store.batches] == [60, 60]


def test_a_file_is_no_longer_than_discord_takes_and_says_why_files_were_rejected() -> None:
    changes = Changes(MANY, (), (), REJECTIONS)
    whole, cut = change_file(changes, ARABIC), change_file(changes, ARABIC, 2000)
    assert whole and cut  # noqa: PT018
    assert 0 < len(cut.text.encode()) <= 2000
    assert whole.text.startswith(cut.text)
    assert whole.text.split("\n")[1].startswith("2026-03-09 · خبر طويل العنوان رقم 0")
    assert sum(".md" in line for line in whole.text.split("\n")) == 0  # names are cut where they never end
    assert whole.text.count("ppp") > len(REJECTIONS)


def test_a_half_of_a_letter_does_not_keep_the_file_from_being_sent() -> None:
    attachment = change_file(Changes((article("خبر \ud800"), *MANY), (), (), ()), ARABIC)
    assert attachment
    assert "خبر ?" in attachment.text.encode().decode()


def test_a_report_has_the_figures_of_the_build() -> None:
    shown = lines(reload_card(reloaded(), ARABIC))
    for words in (
        "عدد الفقرات: 1,234",
        ARABIC("reload.folded", count=3),
        "بالثواني: 2.0",
        "أسئلة الفحص التي نجحت: 12",
        f"\u2068{'b' * 16}\u2069",
        f"قبلها: \u2068{'a' * 16}\u2069",
        "main@0a1b2c3".replace("@", "\\@"),
    ):
        assert any(words in line for line in shown), words


def test_what_there_is_nothing_to_say_of_is_left_out() -> None:
    bare = replace(unchanged(), serving=replace(FIGURES, golden=None, folded=0, version=""))
    shown = lines(reload_card(bare, ARABIC))
    assert shown[0] == ARABIC("reload.unchanged")
    assert not any("مكررة" in line for line in shown)
    for key in ("reload.golden", "reload.version", "reload.before"):
        assert not any(line.startswith(ARABIC.entries[key].split("{")[0]) for line in shown)


@pytest.mark.parametrize(("outcome", "key"), [(reloaded(), "reload.taken_over"), (unchanged(), "reload.unchanged")])
def test_what_another_process_published_is_said_to_be_followed(outcome: ReloadOutcome, key: str) -> None:
    shown = lines(reload_card(replace(outcome, is_followed=True), ENGLISH))
    assert shown[0] == ENGLISH(key)
    assert ENGLISH("reload.followed") in shown
    assert ENGLISH("reload.seconds", seconds="2.0") not in shown


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_a_rollback_takes_no_time_and_holds_something_back(texts: Texts) -> None:
    shown = lines(reload_card(rolled_back(), texts))
    assert texts("rollback.held") in shown
    assert texts("reload.seconds", seconds="2.0") not in shown
    assert texts("rollback.held") not in lines(reload_card(reloaded(), texts))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_a_coverage_that_shrank_names_the_option_that_takes_it(texts: Texts) -> None:
    words = texts("gate.shrunk", before=900, after=12, percent=50)
    for shown in (ARABIC, ENGLISH):
        assert shown("command.names.force") in words


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_every_rejection_has_its_sentence_with_the_file(texts: Texts) -> None:
    rejections = [Rejection("a_b*.md", reason, 3, "x") for reason in RejectionReason]
    for rejection in rejections:
        [block] = rejection_blocks([rejection], texts)
        assert r"a\_b\*.md" in block.splitlines()[1]


LONG_QUESTION = GoldenQuestion("متى افتتحت **المكتبة**؟ " * 40, "*" * 400)
LONG_FAILURE = GoldenFailure(LONG_QUESTION, is_known=False, quoted=("*" * 400, "ق" * 400, "a" * 400))
FAILURES = [
    (SourceError("source.timeout", seconds=300), "300"),
    (SourceError("source.not_found", url="https://host.example/*x*"), r"\*x\*"),
    (GateError("shrunk", before=900, after=12, percent=50), "900"),
    (GoldenError([LONG_FAILURE] * 40, 50), "\\*\\*المكتبة"),
    (EmptyCorpusError(Path("corpus"), REJECTIONS), "ppp"),
    (BuildError("Killed"), "0a1b2c"),
    (BuildTimeoutError(1800), "1,800"),
    (ReloadCancelledError("<@9>"), "\u2068<@9>\u2069"),
    (ServedElsewhereError(), ""),
    (NothingBeforeError(), ""),
    (MemoryError(), "0a1b2c"),
]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
@pytest.mark.parametrize(("error", "words"), FAILURES)
def test_a_failure_says_what_failed_and_that_the_old_coverage_serves(
    error: Exception, words: str, texts: Texts
) -> None:
    card = failure_card(error, AuditedWork(reference="0a1b2c"), texts)
    assert within_limits(card)
    assert card.colour == REFUSAL
    assert words in "\n".join(card.blocks)
    # After these two the coverage is not as it was.
    assert (texts("reload.kept") in card.blocks) is not isinstance(error, NothingBeforeError | ServedElsewhereError)
    rolled = failure_card(error, AuditedWork(kind="rollback"), texts)
    assert rolled.title == (texts("rollback.failed_title") if card.title else None)


def test_who_waits_for_another_reload_is_told_whose_it_is_and_how_far() -> None:
    begun = reloaded().at
    running = Running("<@7>", begun, "indexing", 30, 120)
    error = running_error(ReloadRunningError(running), begun + timedelta(minutes=4), ARABIC)
    words = ARABIC(error.key, **error.values)
    assert "بدأها \u2068<@7>\u2069، ومدّتها حتى الآن: 4 دقائق" in words
    assert "فهرسة المقالات، 25%" in words


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_the_audit_says_who_did_what_and_what_came_of_it(texts: Texts) -> None:
    changed = audit_line(reloaded(Changes(MANY, (), (), ())), AuditedWork("<@7>"), texts)
    assert "<@7>" in changed
    assert "500" in changed
    failed = audit_line(BuildError("Killed"), AuditedWork(kind="rollback", reference="0a1b2c"), texts)
    assert texts("audit.itself") in failed
    assert "0a1b2c" in failed


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_the_audit_of_a_failure_says_that_it_failed_and_what_serves(texts: Texts) -> None:
    for work in (AuditedWork("<@7>"), AuditedWork("<@7>", kind="forced"), AuditedWork()):
        failed = audit_line(BuildError("Killed"), work, texts)
        assert failed.splitlines()[0] == texts(f"audit.{work.kind}_failed", who=actor_name(work.by, texts))
        assert failed.splitlines()[-1] == texts("reload.kept")
    assert texts("reload.kept") not in audit_line(NothingBeforeError(), AuditedWork(kind="rollback"), texts)


def test_a_change_is_shown_as_the_sentence_that_was_and_that_is() -> None:
    old = article(words="تأسست الشركة عام 2003. ومقرها دنفر.")
    new = article(words="تأسست الشركة عام 2004. ومقرها دنفر.")
    changes = Changes((), (new,), (), (), previous=(old,))
    [block] = change_blocks(changes, ARABIC)
    assert block.splitlines()[2:] == ["-# كان: تأسست الشركة عام 2003.", "-# صار: تأسست الشركة عام 2004."]
    assert change_file(changes, ARABIC) is None


def test_a_new_title_is_shown_beside_the_first_changed_sentence_and_the_others_are_in_the_file() -> None:
    old = article("افتتاح المتحف", words="كلفته ثلاثون مليوناً. وفيه سفينة واحدة.")
    new = article("تأجيل افتتاح المتحف", words="كلفته أربعون مليوناً. وفيه سفينة واحدة.")
    changes = Changes((), (new,), (), (), previous=(old,))
    [block] = change_blocks(changes, ARABIC)
    assert block.splitlines()[2:] == [
        "-# كان: افتتاح المتحف",
        "-# صار: تأجيل افتتاح المتحف",
        "-# كان: كلفته ثلاثون مليوناً.",
        "-# صار: كلفته أربعون مليوناً.",
    ]
    assert change_file(changes, ARABIC) is None
    newer = article("تأجيل افتتاح المتحف", words="كلفته أربعون مليوناً. وفيه سفينتان.")
    attachment = change_file(Changes((), (newer,), (), (), previous=(old,)), ARABIC)
    assert attachment is not None
    assert "  كان: وفيه سفينة واحدة.\n  صار: وفيه سفينتان." in attachment.text


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_what_its_source_withdrew_is_named_among_the_removed(texts: Texts) -> None:
    gone, withdrawn = article("متحف"), article("مكتبة")
    changes = Changes((), (), (gone, withdrawn), (), withdrawn=frozenset({"مكتبة"}))
    [block] = change_blocks(changes, texts)
    assert [texts("reload.withdrawn") in line for line in block.splitlines()[1:]] == [False, True]
    many = Changes((), (), [withdrawn] * 200, (), withdrawn=frozenset({"مكتبة"}))
    attachment = change_file(many, texts)
    assert attachment is not None
    assert attachment.text.count(texts("reload.withdrawn")) == 200


def test_more_changes_of_an_article_than_one_are_in_the_file() -> None:
    old = article(words="تأسست الشركة عام 2003. ومقرها دنفر. ولها فروع.")
    new = article(words="تأسست الشركة عام 2004. ومقرها دنفر. ولا فروع لها.")
    attachment = change_file(Changes((), (new,), (), (), previous=(old,)), ARABIC)
    assert attachment is not None
    assert "  كان: ولها فروع.\n  صار: ولا فروع لها." in attachment.text


@pytest.mark.parametrize("texts", [ARABIC, pytest.param(ENGLISH, marks=pytest.mark.slow)])
def test_as_many_changed_sentences_as_fit_are_shown(texts: Texts) -> None:
    old = [article(f"خبر {number}", words="ق" * 900) for number in range(40)]
    new = [article(f"خبر {number}", words="ك" * 900) for number in range(40)]
    card = reload_card(reloaded(Changes(MANY, new, MANY, REJECTIONS * 20, previous=old)), texts)
    assert within_limits(card)
    assert card.attachment is not None
