"""The demonstration, played once for all tests that look at it."""

import asyncio

import pytest

from tests.demo.playing import Conversation, play


@pytest.fixture(scope="session")
def conversation() -> Conversation:
    return asyncio.run(play())
