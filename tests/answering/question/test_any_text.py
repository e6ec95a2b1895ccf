"""Whatever is searched for stands in the message, in any language and of any letters."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.question import analyse_message
from tests.answering.coverage import QUESTIONS
from tests.answering.question.readings import KINDS, rows
from tests.arabic.alphabet import FOREIGN, FORMS, MARKS, POINTS, TEXT, UNSEEN
from tests.examples import examples

LETTERS = "abcdeéèçnostuûqlmrhwiGYTE"
ENGLISH = "when who what did is the a of to library bridge open New York ICE US Palantir’s 1st please can you tell me"
FRENCH = "quand qui où est-ce que le la l'église d'Alep bibliothèque a-t-elle été fermé s'il vous plaît l'équipe"
OTHER = "? ! , … — ' ’ - 10,000 3.5 2026 F-35 متى المكتبة شكون garde nationale prime minister ¿Cuándo 東京 서울"
SPOKEN = st.lists(
    st.one_of(
        st.sampled_from(ENGLISH.split()),
        st.sampled_from(FRENCH.split()),
        st.sampled_from(OTHER.split()),
        st.text(st.sampled_from(LETTERS + FOREIGN + FORMS + MARKS + UNSEEN + POINTS), min_size=1, max_size=8),
    ),
    max_size=12,
).map(" ".join)


def check(message: str) -> None:
    question = analyse_message(message, QUESTIONS).question
    if question is None:
        return
    places = [(word.start, word.end) for word in question.words]
    assert all(0 <= start < end <= len(question.text) for start, end in places)
    # A ligature is several words.
    assert all(one == other or one[1] <= other[0] for one, other in pairwise(places))
    # «فبراير/شباط» is one term.
    starts, ends = {start for start, _ in places}, {end for _, end in places}
    assert all(term.start in starts and term.end in ends for term in question.terms)
    assert set(question.terms) >= {*question.focus, *question.defined_terms}
    for term in question.terms:
        assert question.written(term) in question.asked


@pytest.mark.parametrize("kind", KINDS)
def test_terms_of_a_message_stand_in_it(kind: str) -> None:
    for row in rows(kind):
        check(row["message"])


@examples(300)
@example("when \ufb58\u0301")
@example("فبراير[شباط")
@given(st.one_of(SPOKEN, TEXT))
def test_so_do_those_of_any_text(message: str) -> None:
    check(message)
