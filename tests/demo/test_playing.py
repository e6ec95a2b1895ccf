"""The running bot does in each turn what the demonstration says of it."""

from pathlib import Path

import pytest

from tests.demo.claims import Claim, lacks_of
from tests.demo.playing import CORPUS, Conversation
from tests.demo.script import SCRIPT, Ask

# What corrects is an answer too; a follow-up that asks for a place has nothing in bold.
_ALSO = {Claim.CORRECTED: {Claim.ANSWERED}}


def test_the_script_shows_everything_that_can_be_claimed() -> None:
    assert {turn.claim for turn in SCRIPT} == set(Claim)


@pytest.mark.parametrize("number", range(len(SCRIPT)))
def test_a_reply_bears_out_its_claim_and_no_other(conversation: Conversation, number: int) -> None:
    played = conversation.turns[number]
    before = [turn.question for turn in SCRIPT[:number] if isinstance(turn, Ask)]
    kept = {claim for claim in Claim if not lacks_of(claim, played.seen, before[-1] if before else "", CORPUS)}
    assert kept == {played.turn.claim} | _ALSO.get(played.turn.claim, set())


def test_a_quote_is_verbatim_only_where_an_article_has_it(conversation: Conversation, tmp_path: Path) -> None:
    answered = conversation.turns[0]
    assert lacks_of(Claim.ANSWERED, answered.seen, "", tmp_path) == ["every quote verbatim"]
