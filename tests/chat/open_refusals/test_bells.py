from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Reason
from bot.chat.cards.answer_card import QUESTION, outcome_buttons, outcome_card, question_lines, read_question
from bot.chat.cards.button_ids import BellState, ButtonKind, StaleButtonError, parse_button_id
from bot.chat.open_refusals.bells import MOST_TOLD, choice_card, told_card, waiting_card
from bot.chat.open_refusals.late_answers import late_answer_card
from bot.records.refusals import DIRECT, HERE, UntoldMember
from bot.retrieval import Scope
from bot.texts import Texts
from tests.chat.hostile_text import PIECES
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, answer, article, refusal

MEMBER = 2**63 - 1
STATE = BellState(2**63 - 1, "unsupported", "20250101:20251231:0a1b2c3d")
DAY = date(2026, 6, 2)
URL = f"https://discord.com/channels/{MEMBER}/{MEMBER}/{MEMBER}"

HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=40), min_size=1, max_size=60).map("".join)

both = pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])


def test_the_state_survives_the_id_of_a_button() -> None:
    assert BellState.parse(STATE.payload) == STATE
    scoped = replace(refusal(), scope=Scope(date(2025, 1, 1), date(2025, 12, 31), "صحيفة الضفة"))
    bell, _ = outcome_buttons(scoped, MEMBER, ARABIC, has_more=False, is_lasting=True)[-1]
    kind, payload = parse_button_id(bell.custom_id)
    assert kind is ButtonKind.BELL
    assert BellState.parse(payload).scope.startswith("20250101:20251231:")
    card = choice_card((), STATE, (HERE, DIRECT), 90, ARABIC)
    assert all(len(button.custom_id) <= 100 for button in (bell, *card.rows[0]))


@pytest.mark.parametrize(
    "payload", ["", "1", "1:a", "x:off_topic:", f"{2**63}:off_topic:", "1:OFF:", "1:a:" + "0" * 41]
)
def test_a_malformed_state_is_stale(payload: str) -> None:
    with pytest.raises(StaleButtonError):
        BellState.parse(payload)


@pytest.mark.parametrize("reason", Reason)
def test_a_bell_stands_where_an_answer_may_come_and_the_card_be_found(reason: Reason) -> None:
    rows = outcome_buttons(refusal(reason), 1, ENGLISH, has_more=False, is_lasting=True)
    rings = reason in {Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.OUT_OF_SCOPE}
    assert [button.emoji for row in rows for button in row] == ["🔔", "🗑️"] * rings


@both
@given(question=HOSTILE)
def test_the_choice_shows_the_question_which_is_read_back(texts: Texts, question: str) -> None:
    shown = question_lines("متى افتتح المتحف؟", None, texts)
    card = choice_card(shown, STATE, (HERE, DIRECT), 90, texts)
    assert within_limits(card)
    assert read_question(card.texts, QUESTION, texts) == "متى افتتح المتحف؟"
    assert within_limits(choice_card(question_lines(question, question, texts), STATE, (HERE,), 1, texts))


@both
@pytest.mark.parametrize("days", [1, 2, 3, 11, 90, 100, 3650])
def test_the_small_print_says_for_how_long_words_are_kept(texts: Texts, days: int) -> None:
    card = waiting_card("bell.already", STATE, days, texts)
    assert card.footnote == texts("bell.kept", count=days)
    assert [button.label for button in card.rows[0]] == [texts("button.bell_off")]


def answer_to(question: str) -> UntoldMember:
    return UntoldMember(1, MEMBER, 2, 3, is_direct=True, question=question, begun_at=None, url=URL)


@both
@given(questions=st.lists(HOSTILE, min_size=1, max_size=MOST_TOLD))
def test_whatever_was_asked_it_stays_in_its_lines(texts: Texts, questions: list[str]) -> None:
    card = told_card([(texts, [answer_to(question) for question in questions])], MEMBER)
    assert within_limits(card)
    assert "\n".join(card.sent_texts).count(URL) == len(questions)


def test_in_private_nobody_is_mentioned() -> None:
    card = told_card([(ARABIC, [answer_to("متى افتتح المتحف؟")])])
    assert lines(card) == [
        ARABIC("bell.told", count=1),
        ARABIC("bell.told_line", question="متى افتتح المتحف؟", url=URL),
    ]


@both
def test_a_late_answer_keeps_what_stood_above_the_refusal(texts: Texts) -> None:
    late = replace(answer(article()), completed_from="أين المكتبة؟")
    notice = texts("reply.directly", channel="<#1>")
    shown = (notice, *outcome_card(replace(refusal(), question=late.question), texts, with_question=True).above)
    card = late_answer_card(outcome_card(late, texts, with_question=True), shown, DAY, texts)
    assert within_limits(card)
    assert card.above[:2] == (texts("bell.arrived", date=texts.day(DAY)), notice)
    assert card.above.count(shown[1]) == 1
    assert read_question(card.texts, QUESTION, texts) == late.question


def test_where_there_is_no_room_only_what_stood_above_goes() -> None:
    card = outcome_card(answer(article()), ARABIC)
    late = late_answer_card(card, ("كلمة " * 800,), DAY, ARABIC)
    assert late.above == (ARABIC("bell.arrived", date=ARABIC.day(DAY)), *card.above)
