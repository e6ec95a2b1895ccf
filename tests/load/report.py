"""The figures of a run."""

from tests.load.gauges import Gauges
from tests.load.tally import Tally

Figures = dict[str, float]
"""By name, in the order in which they are told; those that are counted are whole."""
_LAG = "isnad_loop_lag_seconds"
_MEGABYTE = 1e6
_TEXT = """\
{questions} questions: {answered} answered, {declined} declined, {missing} without a reply, {repeated} with several
{errors} errors, {violations} rules broken, {reloads} reloads, {resumes} resumed sessions
{answers_a_second:.1f} answers a second, half of them within {median:.1f} ms, 99 % within {p99:.1f} ms
event loop late by at most {lag_longest:.1f} ms, {lag_slow} times by more than 50 ms
the machine left the bot waiting for a processor {starved:.1%} of the time
an answer: {answering:.1f} ms from search to card; processor time: bot {bot_cpu:.1f} ms, server {server_cpu:.1f} ms
at most {longest_line} in line; the bot at most {resident_megabytes:.0f} MB, {anonymous_megabytes:.0f} MB anonymous"""
_SECONDS = ("median", "p99", "lag_longest", "answering", "bot_cpu", "server_cpu")


def figures(  # noqa: PLR0913 - what a run leaves behind
    tally: Tally,
    gauges: Gauges,
    *,
    seconds: float,
    server_cpu: float,
    starved: float,
    resumes: int,
    violations: int,
) -> Figures:
    """Take the figures of a run that lasted so long, and of which this process took so much time.

    Questions, answers and events are counted, waits are in seconds. `starved` is the share of the run in which the
    program waited for a processor.
    """
    answered = max(tally.answered, 1)
    computed = max(gauges.grown("isnad_answer_seconds_count"), 1)
    return {
        "questions": tally.questions,
        "answered": tally.answered,
        "declined": tally.declined,
        "missing": tally.missing,
        "repeated": tally.repeated,
        "errors": int(gauges.grown("isnad_errors_total")),
        "violations": violations,
        "answers_a_second": tally.answered / seconds,
        "median": tally.quantile(0.5),
        "p99": tally.quantile(0.99),
        # The gauge remembers the start of the program too, for a minute.
        "lag_longest": min(gauges.bound(_LAG), gauges.largest("isnad_loop_lag_longest_seconds")),
        "lag_slow": gauges.slow(_LAG),
        "longest_line": int(gauges.largest("isnad_questions", state="waiting")),
        "reloads": int(gauges.grown("isnad_reloads_total")),
        "resumes": resumes,
        "answering": gauges.grown("isnad_answer_seconds_sum") / computed,
        "bot_cpu": gauges.grown("process_cpu_seconds_total") / answered,
        "server_cpu": server_cpu / answered,
        "starved": starved,
        "resident_megabytes": gauges.largest("process_resident_memory_bytes") / _MEGABYTE,
        "anonymous_megabytes": gauges.largest("isnad_resident_memory_bytes", kind="anonymous") / _MEGABYTE,
    }


def as_text(told: Figures) -> str:
    """Write the figures for a person."""
    return _TEXT.format_map(told | {name: told[name] * 1000 for name in _SECONDS})
