from dataclasses import replace
from datetime import date

from bot.chat.news.news_desk import coverage_change
from bot.edition import Changes
from tests.chat.doubles import edition, reloaded, rolled_back, unchanged
from tests.chat.samples import article

OLD, NEW = article("قديم", published=date(2026, 3, 9)), article("جديد", published=date(2026, 3, 10))
CURRENT = edition(OLD, NEW)
CHANGES = Changes((NEW,), (), (OLD,), ())


def test_a_reload_tells_what_came_and_went() -> None:
    change = coverage_change(reloaded(CHANGES), CURRENT)
    assert ([one.title for one in change.added], [one.title for one in change.removed]) == (["جديد"], ["قديم"])
    assert change.last_day == date(2026, 3, 10).toordinal()
    assert change.before != change.edition
    assert change.newest == ()
    assert all(0 < number < 2**63 for number in (change.edition, change.before or 0))


def test_a_copy_is_no_news() -> None:
    copies = [replace(NEW, id=f"copy{number}") for number in range(2)]
    later = [replace(article("أحدث"), id=f"later{number}") for number in range(2)]
    added = (copies[0], later[0], copies[1], later[1], replace(NEW, id="retold", title="بعنوان آخر"))
    change = coverage_change(reloaded(Changes(added)), edition(OLD, NEW, *added))
    assert [one.article_id for one in change.added] == ["later0", "retold"]


def test_what_a_rollback_brings_back_is_no_news() -> None:
    change = coverage_change(replace(rolled_back(), changes=CHANGES), CURRENT)
    assert (len(change.added), len(change.removed)) == (0, 1)


def test_all_at_once_is_no_news_and_a_start_tells_the_newest() -> None:
    change = coverage_change(replace(reloaded(CHANGES), before=None), CURRENT, at_start=True)
    assert (change.before, change.added, change.removed) == (None, (), ())
    assert [one.title for one in change.newest] == ["جديد", "قديم"]


def test_an_edition_that_serves_on_is_named_without_changes() -> None:
    for outcome in (None, unchanged()):
        change = coverage_change(outcome, CURRENT)
        assert (change.before, change.added, change.newest) == (None, (), ())
        assert change.edition == int(CURRENT.fingerprint[:15], 16)


def test_editions_without_days_have_none() -> None:
    bare = edition(article(published=None))
    assert coverage_change(None, bare, at_start=True).last_day == 0
    assert coverage_change(None, bare, at_start=True).newest == ()
