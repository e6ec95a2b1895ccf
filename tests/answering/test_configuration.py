"""Word lists kept as they were read: the same again, read anew where anything differs, and no code run from a file."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering import Answerer, Knowledge, Risk, configuration
from bot.settings import CONFIG
from tests.answering.coverage import ANSWERER, KNOWLEDGE, TOWN

QUESTIONS = (
    "كم بلغت كلفة بناء المكتبة؟",
    "شكون افتتح المكتبة؟",
    "who opened the library?",
    "merci beaucoup",
    "ماذا عن الجسر؟",
)
_run = list[str]()


class Forged:
    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return _run.append, ("code",)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Read the lists from memory, and note how often they are read at all."""
    found = list[Path]()

    def read(config: Path) -> object:
        found.append(config)
        return KNOWLEDGE.lexicon, KNOWLEDGE.background

    monkeypatch.setattr(configuration, "_read_lists", read)
    return found


def test_kept_lists_answer_as_those_that_were_read(tmp_path: Path, reads: list[Path]) -> None:
    kept = [Knowledge.read(CONFIG, Risk.NORMAL, tmp_path) for _ in range(2)][-1]
    assert reads == [CONFIG]
    assert kept.lexicon is not KNOWLEDGE.lexicon
    assert kept.background == KNOWLEDGE.background
    for question in QUESTIONS:
        assert Answerer(kept).answer(question, TOWN) == ANSWERER.answer(question, TOWN)


def test_lists_that_were_changed_are_read_anew(tmp_path: Path, reads: list[Path]) -> None:
    (tmp_path / "names.toml").write_text("# ", encoding="utf-8")
    for line in "old", "old", "new":
        (tmp_path / "names.toml").write_text(f"# {line}", encoding="utf-8")
        configuration._kept_lists(tmp_path, tmp_path / "cache")
    assert len(reads) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _, data: data[:-1], id="cut short"),
        pytest.param(lambda _, data: data[:-9] + b"!" + data[-8:], id="changed"),
        pytest.param(lambda key, _: key + configuration._digest(made := pickle.dumps(Forged())) + made, id="forged"),
    ],
)
def test_a_damaged_file_is_replaced_and_a_forged_one_runs_nothing(
    tmp_path: Path, reads: list[Path], damage: Callable[[bytes, bytes], bytes]
) -> None:
    configuration._kept_lists(CONFIG, tmp_path)
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(configuration._lists_key(CONFIG), whole))
    configuration._kept_lists(CONFIG, tmp_path)
    assert len(reads) == 2
    assert file.read_bytes() == whole
    assert not _run


def test_lists_are_read_where_no_folder_can_keep_them(tmp_path: Path, reads: list[Path]) -> None:
    (tmp_path / "file").touch()
    assert configuration._kept_lists(CONFIG, tmp_path / "file")[0] is KNOWLEDGE.lexicon
    assert reads == [CONFIG]
