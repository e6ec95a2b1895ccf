import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import composition
from bot.settings import CONFIG
from bot.texts import Texts
from tests.answering.coverage import read_config_once
from tests.console.command_line import CommandLine, Finished, run
from tests.console.pseudo_terminal import PseudoTerminal
from tests.e2e.fork_server import ForkServer
from tests.edition.samples import build_here
from tests.machine import forget_machine

Write = Callable[[str, str | bytes], Path]
LIBRARY = """---
title: "افتتاح المكتبة العامة في المدينة القديمة"
outlet: صحيفة الضفة
url: https://news.example/library
published: 2026-03-09
---

افتتحت البلدية المكتبة العامة صباح الأحد بحضور مئات السكان. وبلغت كلفة المكتبة 12 مليون دينار.

## الكتب

تضم المكتبة العامة ثمانين ألف كتاب، وأهدتها جامعة المدينة ثلث الكتب.
"""
BRIDGE = """---
title: "إغلاق الجسر القديم لأعمال الصيانة"
---

أغلقت البلدية الجسر القديم لأعمال الصيانة ثلاثة أشهر. وتسلك السيارات الطريق الساحلي بدل الجسر.
"""


@pytest.fixture(autouse=True)
def directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    forget_machine(monkeypatch, tmp_path)
    return tmp_path


@pytest.fixture
def write(directory: Path) -> Write:
    """Write a file into the test's directory and return its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


@pytest.fixture(autouse=True)
def coverage(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write two articles and make them the corpus."""
    write("coverage/library.md", LIBRARY)
    directory = write("coverage/bridge.md", BRIDGE).parent
    monkeypatch.setenv("CORPUS_URL", str(directory))
    return directory


@pytest.fixture(scope="session")
def forked_terminals(fork_server: ForkServer | None) -> Iterator[None]:
    """Fork the programs in terminals, so that each starts in a tenth of the time."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(PseudoTerminal, "fork_server", fork_server)
        yield


@pytest.fixture
def run_forked(fork_server: ForkServer | None) -> Callable[..., Finished]:
    """Run the program as a forked process, where what Python does at its start and its end is of no interest."""
    return functools.partial(run, forked_by=fork_server)


_read_texts = Texts.read
_read_project_texts = functools.cache(_read_texts)


def _read_texts_once(folder: Path, language: str, months: str = "egypt") -> Texts:
    return (_read_project_texts if folder == CONFIG / "texts" else _read_texts)(folder, language, months)


@pytest.fixture
def isnad(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line in this process, without what each start reads and each build starts."""
    monkeypatch.setattr(composition, "read_config", read_config_once)
    monkeypatch.setattr(Texts, "read", _read_texts_once)
    build_here(monkeypatch)
    return CommandLine(monkeypatch, capsys)
