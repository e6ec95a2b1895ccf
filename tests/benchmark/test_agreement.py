"""Two readers agree as far as they judge and find the same."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.benchmark import agreement
from tests.benchmark.conftest import located, write_lines


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(True, True), (False, False)], 1.0),
        ([(True, True), (True, False), (False, True), (False, False)], 0.0),
        ([(True, True)] * 45 + [(True, False)] * 5 + [(False, False)] * 50, 0.9),
        ([(True, True)], 1.0),
    ],
)
def test_kappa_is_agreement_beyond_chance(pairs: list[tuple[bool, bool]], expected: float) -> None:
    assert agreement.kappa(pairs) == pytest.approx(expected)


def test_a_question_that_is_judged_differently_is_shown(data: Path, tmp_path: Path) -> None:
    def reading(core: str, quoted: dict[str, Any] | None) -> dict[str, Any]:
        return {"id": f"open-{core}-latin", "answerable": quoted is not None, **(quoted or {})}

    elsewhere = located("a001", 1, "أربعة آلاف سيارة")
    readings = [
        reading("f001", located("a001", 0, "بكلفة تسعين مليون")),
        reading("f002", elsewhere),
        reading("f003", None),
        reading("u001", None),
    ]
    folder = Path(shutil.copytree(data, tmp_path / "data"))
    write_lines(folder / agreement.READINGS, readings)
    said: list[str] = []
    agreement.main(["--data", str(folder)], said.append)
    assert said == [
        "Answerable or not: 3 of 4 the same, kappa 0.500\n",
        "Place of the answer: 1 of 2 the same\n",
        "open-f003-latin (f003, latin), unanswerable to the reader: ليه ماتش النخيل والميناء اتأجل؟\n",
    ]
