from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards.button_ids import FAMILY, Kind, StaleButtonError, custom_id, read, read_number
from bot.chat.cards.quote_reference import read_places


@given(st.sampled_from(Kind), st.text())
def test_what_is_written_is_read_back(kind: Kind, load: str) -> None:
    identity = custom_id(kind, load)
    assert FAMILY.fullmatch(identity)
    assert read(identity) == (kind, load)


@pytest.mark.parametrize("identity", ["", "b1", "b1:", "b1:more", "b1:unknown:", "b0:more:", "b2:more:", "x1:more:"])
def test_another_form_is_stale(identity: str) -> None:
    with pytest.raises(StaleButtonError):
        read(identity)


@given(st.text(max_size=100) | st.from_regex(r"b1:(context|page|vote|delete):[\w=-]*", fullmatch=True))
def test_whatever_an_id_is_it_is_read_or_stale(identity: str) -> None:
    with suppress(StaleButtonError):
        kind, load = read(identity)
        assert custom_id(kind, load) == identity
        assert read_number(load) >= 0 if load.isdecimal() and load.isascii() else read_places(load)
