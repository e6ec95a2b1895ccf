from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards.button_ids import (
    ANY_VERSION,
    ButtonKind,
    StaleButtonError,
    custom_id,
    decode_references,
    parse_button_id,
    parse_number,
)


@given(st.sampled_from(ButtonKind), st.text())
def test_what_is_written_is_read_back(kind: ButtonKind, payload: str) -> None:
    identity = custom_id(kind, payload)
    assert ANY_VERSION.fullmatch(identity)
    assert parse_button_id(identity) == (kind, payload)


@pytest.mark.parametrize("identity", ["", "b1", "b1:", "b1:more", "b1:unknown:", "b0:more:", "b2:more:", "x1:more:"])
def test_another_form_is_stale(identity: str) -> None:
    with pytest.raises(StaleButtonError):
        parse_button_id(identity)


@given(st.text(max_size=100) | st.from_regex(r"b1:(context|page|vote|delete):[\w=-]*", fullmatch=True))
def test_whatever_an_id_is_it_is_read_or_stale(identity: str) -> None:
    with suppress(StaleButtonError):
        kind, payload = parse_button_id(identity)
        assert custom_id(kind, payload) == identity
        assert parse_number(payload) >= 0 if payload.isdecimal() and payload.isascii() else decode_references(payload)
