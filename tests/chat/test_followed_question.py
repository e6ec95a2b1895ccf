import logging
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.chat.followed_question import FollowedQuestion
from bot.chat.message_exchange import Answered, MessageExchange
from tests.chat.doubles import http_error

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


class Standing:
    """An answer whose deletion fails as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.tries = 0

    async def delete(self) -> None:
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)


def answered(*failures: Exception) -> tuple[FollowedQuestion, Standing]:
    answer = Standing(*failures)
    return FollowedQuestion(words="متى؟", answer=cast("Answered", answer)), answer


def test_only_newer_versions_count() -> None:
    question = FollowedQuestion()
    later = NOW + timedelta(microseconds=1)
    assert [question.hear_of(version) for version in (NOW, NOW, later, NOW, later)] == [True, False, True, False, False]


def test_a_deleted_question_ends_the_answer_that_is_made() -> None:
    question = FollowedQuestion(exchange=MessageExchange(cast("Any", None), 1, cast("Any", None)))
    question.delete()
    assert question.exchange is not None
    assert question.exchange.is_over


async def test_an_answer_is_withdrawn_once() -> None:
    question, answer = answered()
    await question.withdraw()
    await question.withdraw()
    assert answer.tries == 1
    assert question.words is None


@pytest.mark.parametrize("code", [10003, 10008])
async def test_an_answer_that_is_gone_is_no_fault(code: int, caplog: pytest.LogCaptureFixture) -> None:
    question, _ = answered(http_error(404, code, discord.NotFound))
    await question.withdraw()
    assert not caplog.records


async def test_a_passing_fault_is_outlived() -> None:
    question, answer = answered(aiohttp.ClientError())
    await question.withdraw()
    assert answer.tries == 2


async def test_an_answer_that_cannot_be_deleted_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    question, _ = answered(http_error(400, 50083))
    with caplog.at_level(logging.WARNING):
        await question.withdraw()
    assert "could not be deleted" in caplog.text
