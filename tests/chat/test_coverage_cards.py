from bot.chat.coverage_cards import help_card
from tests.chat.measures import within_limits
from tests.chat.samples import ARABIC, ENGLISH


def test_help_fits() -> None:
    assert within_limits(help_card(ARABIC))
    assert within_limits(help_card(ENGLISH))
