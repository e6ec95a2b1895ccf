import aiohttp
import pytest

from bot.ops.health import Health, health_server
from bot.ops.metrics import Metrics, State
from tests.load.gauges import Reading


def reading(metrics: Metrics) -> Reading:
    return Reading.parse(metrics.text().decode())


def test_what_happens_is_counted_by_its_kind() -> None:
    metrics = Metrics()
    metrics.note_outcome(None)
    metrics.note_outcome("off_topic")
    metrics.note_outcome("off_topic")
    metrics.declined.labels("member").inc()
    found = reading(metrics)
    assert found.sum("isnad_answers_total") == 1
    assert found.sum("isnad_refusals_total", reason="off_topic") == 2
    assert found.sum("isnad_declined_total", limit="member") == 1


def test_how_late_the_loop_was_is_counted_and_the_longest_kept() -> None:
    metrics = Metrics()
    metrics.look_at(lambda: State(True, 0, 0))
    for lag in (0.0004, 0.03, 0.2):
        metrics.note_lag(lag)
    found = reading(metrics)
    assert found.buckets("isnad_loop_lag_seconds")[0.05] == 2
    assert found.sum("isnad_loop_lag_longest_seconds") == pytest.approx(0.2)


def test_how_things_stand_is_looked_at_when_it_is_read() -> None:
    metrics, states = Metrics(), [State(False, 0, 0), State(True, 3, 4, "abc", 10, 20)]
    metrics.look_at(lambda: states.pop(0))
    before, after = reading(metrics), reading(metrics)
    assert before.sum("isnad_gateway_connected") == 0
    assert before.sum("isnad_edition_info") == 0
    assert after.sum("isnad_gateway_connected") == 1
    assert after.sum("isnad_edition_info", fingerprint="abc") == 1
    names = ("isnad_questions", "isnad_articles", "isnad_passages")
    assert [after.sum(name) for name in names] == [7, 10, 20]
    assert after.sum("isnad_questions", state="waiting") == 3


def test_registries_are_apart() -> None:
    first, second = Metrics(), Metrics()
    first.note_outcome(None)
    assert reading(second).sum("isnad_answers_total") == 0


async def test_metrics_are_served_beside_health(unused_tcp_port: int) -> None:
    async with (
        health_server(unused_tcp_port, lambda: Health(True, "abc", True), Metrics()),
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{unused_tcp_port}/metrics") as response,
    ):
        assert response.status == 200
        assert response.content_type == "text/plain"
        assert Reading.parse(await response.text()).sum("isnad_answers_total") == 0
