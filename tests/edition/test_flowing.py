"""Questions flow while the coverage is reloaded time and again."""

import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.answering import Answer
from bot.articles.sources import DirectorySource
from bot.edition import Edition, Editions, LastServed
from bot.ops.metrics import resident_bytes
from tests.answering.coverage import ANALYSER, ANSWERER
from tests.edition.samples import BRIDGE, CHECK, MUSEUM, PHRASES, build, builder, reloaded, write
from tests.patience import PATIENCE, wait_until

QUESTION = "كم بلغت كلفة المكتبة العامة؟"
WARM_UP = 10


def state(town: Path, number: int) -> None:
    write(town, "library.md", f"افتتحت البلدية المكتبة العامة صباح الأحد. وبلغت كلفة المكتبة {number} مليون دينار.")
    write(town, "bridge.md", BRIDGE)
    for street in range(6):  # so that what changes is little beside what stays
        write(town, f"street{street}.md", f"أعلنت البلدية أنها تعبّد الشارع رقم {street} قبل الشتاء.")
    if number % 2:
        write(town, "museum.md", MUSEUM)
    else:
        (town / "museum.md").unlink(missing_ok=True)


def is_right(answer: Answer, edition: Edition, served: Mapping[str, int]) -> bool:
    """Tell whether an answer is that of its edition alone, which the reload may not have told of yet."""
    number = served.get(edition.fingerprint)
    return (
        answer.edition == edition.fingerprint
        and answer.quotes[0].article == edition.articles["library"]
        and (number is None or f"{number} مليون" in answer.quotes[0].text)
        and all(
            edition.articles[quote.article.id].paragraphs[quote.paragraph].text[quote.start : quote.end] == quote.text
            for quote in answer.quotes
        )
    )


class Asked:
    """Questions asked of several bots for as long as a body takes; `wrong` has all that was not their right answer."""

    def __init__(self, *bots: Editions, served: dict[str, int]) -> None:
        self.wrong: list[object] = []
        self.answered = [0] * len(bots)
        self._served = served
        self._stop = threading.Event()
        self._askers = [threading.Thread(target=self._ask, args=pair) for pair in enumerate(bots)]

    def __enter__(self) -> "Asked":
        for asker in self._askers:
            asker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for asker in self._askers:
            asker.join(PATIENCE)

    def wait_for_more(self, count: int) -> None:
        """Wait until every bot has answered so many more questions."""
        enough = [answered + count for answered in self.answered]
        wait_until(
            lambda: all(now >= least for now, least in zip(self.answered, enough, strict=True)),
            f"{count} more answers of each bot",
        )

    def _ask(self, place: int, editions: Editions) -> None:
        while not self._stop.is_set():
            edition = editions.current
            try:
                outcome = ANSWERER.answer(QUESTION, edition)
                if not (isinstance(outcome, Answer) and is_right(outcome, edition, self._served)):
                    self.wrong.append(outcome)
            except Exception as error:  # noqa: BLE001 (whatever it is, an answer was lost)
                self.wrong.append(error)
            self.answered[place] += 1
            self._stop.wait(0.01)  # a child of low priority may build on the same machine


def anonymous_bytes() -> int:
    return resident_bytes().get("anonymous", 0)


@pytest.mark.parametrize(
    ("reloads", "is_mapped"),
    [
        pytest.param(30, False, marks=pytest.mark.slow),
        # A process for each takes a second or two, beside threads that ask without a pause.
        pytest.param(15, True, marks=pytest.mark.slow),
        *(pytest.param(300, mapped, marks=[pytest.mark.slow, pytest.mark.timeout(1800)]) for mapped in (False, True)),
    ],
)
def test_no_answer_is_wrong_mixed_or_lost_and_memory_stays(tmp_path: Path, reloads: int, is_mapped: bool) -> None:
    town = tmp_path / "town"
    state(town, 100)
    make, source = builder(cache := tmp_path / "cache"), DirectorySource(town)
    last_served = LastServed(cache, source.name, PHRASES, ANALYSER) if is_mapped else None
    editions = Editions(source, make.build if is_mapped else build, key=make.key, check=CHECK, store=last_served)
    editions.start()
    served = {editions.current.fingerprint: 100}
    memory = 0
    with Asked(editions, editions, served=served) as asked:
        for number in range(101, 101 + reloads):
            state(town, number)
            outcome = reloaded(editions, by="سلمى")
            served[outcome.serving.fingerprint] = number
            if number % 7 == 0:
                assert editions.rollback("عمر").serving.fingerprint == outcome.before
                assert editions.reload(by="سلمى").serving.fingerprint == outcome.serving.fingerprint
            if number == 101 + min(WARM_UP, reloads // 2):
                memory = anonymous_bytes()
    assert asked.wrong == []
    assert min(asked.answered) > 0
    assert len(served) == reloads + 1
    assert anonymous_bytes() - memory < 8 << 20
