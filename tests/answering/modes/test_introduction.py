"""Definitions begin with the passage that introduces X."""

import pytest

from bot.answering import Answer, Mode, Statement
from tests.answering.coverage import ANSWERER, BRIDGE, FISHING, LIBRARY, ORCHARD, article, edition
from tests.answering.promises import check

FIRM = article(
    "firm",
    "زهران: التأسيس والمقر",
    "تأسست شركة زهران في وهران عام 2003، وهي تصنع المراكب الشراعية للصيادين.",
    "قال خصوم شركة زهران إنها تبيع مراكبها للأجانب.",
)
PROFIT = article(
    "profit",
    "أرباح المراكب ترتفع",
    "ارتفعت أرباح المراكب هذا العام، وقالت شركة زهران إن شركة زهران ربحت كما ربحت شركة زهران من قبل.",
)
FOUNDER = article(
    "founder",
    "عن المراكب",
    "أبحر المركب الأول صباح الأحد. ورفض نادر العوفي أن يتحدث، ونادر العوفي قليل الكلام.",
    "كان نادر العوفي، أحد مؤسسي الميناء، يملك عشرة مراكب ورثها عن أبيه.",
)
COVERAGE = edition(PROFIT, FIRM, FOUNDER, LIBRARY, BRIDGE, FISHING, ORCHARD)


@pytest.mark.parametrize(
    ("message", "place"),
    [("ما هي شركة زهران؟", ("firm", 0)), ("شنية شركة زهران", ("firm", 0)), ("من هو نادر العوفي؟", ("founder", 1))],
)
def test_the_introducing_passage_is_first(message: str, place: tuple[str, int]) -> None:
    outcome = ANSWERER.answer(message, COVERAGE)
    assert isinstance(outcome, Answer)
    check(outcome, message, COVERAGE)
    assert (outcome.mode, outcome.statement) == (Mode.DEFINITION, Statement.DEFINITION)
    assert (outcome.quotes[0].article.id, outcome.quotes[0].paragraph) == place
