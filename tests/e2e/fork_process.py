"""Forks a program for each order that comes: `python -m tests.e2e.fork_process DESCRIPTOR`, started by `ForkServer`.

It tells of each program's start and end.
"""

import atexit
import contextlib
import fcntl
import functools
import gc
import importlib
import io
import json
import os
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import termios
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, NoReturn
from unittest.mock import patch

from bot.console.arguments import Arguments, parse_arguments
from tests.e2e.coverage import QUESTION, write_corpus
from tests.e2e.fork_server import MOST_BYTES
from tests.leash import end_with_parent
from tests.machine import kept_log

_LOCALES = ("LC_ALL", "LC_CTYPE", "LANG")


def _serve(channel: socket.socket) -> dict[str, Any] | None:
    """Fork for each order; return the order in the process that is to carry it out, None in the server at its end."""
    woken, waking = socket.socketpair()
    waking.setblocking(False)
    signal.set_wakeup_fd(waking.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with selectors.DefaultSelector() as selector, woken, waking:
        selector.register(channel, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = [key.fileobj for key, _ in selector.select()]
            if woken in ready:
                woken.recv(MOST_BYTES)
                _tell_of_ends(channel)
            if channel in ready:
                data, streams, _, _ = socket.recv_fds(channel, MOST_BYTES, 3)
                if not data:
                    return None
                if not (pid := os.fork()):
                    signal.set_wakeup_fd(-1)
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    order: dict[str, Any] = json.loads(data) | {"streams": streams}
                    return order
                for descriptor in streams:
                    os.close(descriptor)
                _tell(channel, started=pid)


def _tell_of_ends(channel: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        _tell(channel, ended=pid, code=os.waitstatus_to_exitcode(status))


def _tell(channel: socket.socket, **facts: int) -> None:
    channel.send(json.dumps(facts).encode())


def _put_tables(environment: Mapping[str, str], tables: bytes) -> None:
    """Begin with the tables of the records where that is wanted and nothing is there yet: to make them takes long."""
    place = environment.get("PREPARED_STORE")
    if place and not (file := Path(place)).exists():
        file.touch(0o600)
        file.write_bytes(tables)


def _carry_out(order: Mapping[str, Any]) -> None:
    """Be the program, with nothing of this process's environment, folder and streams."""
    os.environ.clear()
    os.environ.update(order["environment"])
    if not any(map(os.environ.get, _LOCALES)):
        os.environ["LC_CTYPE"] = "C.UTF-8"  # as Python does at its start
    os.chdir(order["folder"])
    for number, descriptor in enumerate(order["streams"]):
        os.dup2(descriptor, number)
        os.close(descriptor)
    if order["terminal"]:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
    _open_streams()
    if "PREPARED_HALTS" not in os.environ:  # who halts a program looks at the life of its child
        build_process = sys.modules["bot.edition.build_process"]
        vars(build_process).update(subprocess=SimpleNamespace(Popen=_ForkedChild, PIPE=subprocess.PIPE))
    # What edits lines looks at the terminal, and at what the environment says of it, when it is imported.
    del sys.modules["readline"]
    vars(sys.modules["bot.console.line_editor"])["readline"] = importlib.import_module("readline")
    module, *arguments = order["argv"]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _end(code: int) -> NoReturn:
    """End as Python does, but for taking apart what has been imported: that would copy all that is shared."""
    vars(threading)["_shutdown"]()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


class _ForkedChild(subprocess.Popen[str]):
    """The child that builds an edition, with what its parent has imported, and without the start of a Python."""

    def __init__(self, command: Sequence[str], **options: Any) -> None:
        super().__init__(command, preexec_fn=functools.partial(_be_child, command[-1]), **options)


def _be_child(code: str) -> NoReturn:
    """Run code in the child instead of another program; the standard streams are those of the child already."""
    gc.disable()
    signal.set_wakeup_fd(-1)
    # Python ignores the last two at its start.
    for number, action in (
        (signal.SIGTERM, signal.SIG_DFL),
        (signal.SIGPIPE, signal.SIG_IGN),
        (signal.SIGXFSZ, signal.SIG_IGN),
    ):
        signal.signal(number, action)
    # One of them tells the parent that the child has begun.
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    try:
        _open_streams()
        exec(code, {"__name__": "__main__"})  # noqa: S102 (the bot's own)
        sys.stdout.flush()
    except BaseException:  # noqa: BLE001 (nothing of the parent may go on here)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _open_streams() -> None:
    """Open the standard streams anew, as Python does at its start: by lines where a person reads them."""
    for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
        before, by_lines = getattr(sys, name), number == 2 or (number == 1 and os.isatty(number))
        buffered = 1 if by_lines else -1
        setattr(sys, name, open(number, mode, buffered, before.encoding, before.errors, closefd=False))  # noqa: SIM115


def _answer_once(run: Callable[[Arguments], int]) -> None:
    """Answer a question, for all that programs look up and put together when they first need it."""
    with TemporaryDirectory() as folder, kept_log(), contextlib.redirect_stdout(io.StringIO()):
        corpus = write_corpus(Path(folder) / "corpus")
        with patch.dict(os.environ, CORPUS_CACHE=folder):
            run(parse_arguments(["ask", QUESTION, "--corpus", str(corpus)]))


def main() -> None:
    """Import what programs need, read the lists that all of them read, serve, and be each of the programs."""
    sys.modules["readline"] = None  # type: ignore[assignment]
    import numpy.ma  # noqa: F401, PLC0415 (numpy itself imports it late)
    from sqlalchemy import make_url  # noqa: PLC0415

    import bot.chat.service  # noqa: F401, PLC0415 (the tests themselves do without)
    from bot import composition  # noqa: PLC0415
    from bot.answering import Knowledge, Risk  # noqa: PLC0415
    from bot.edition.build import configuration_key  # noqa: PLC0415
    from bot.records.store import Store  # noqa: PLC0415
    from bot.settings import CONFIG, read_config  # noqa: PLC0415
    from bot.texts import Texts, languages  # noqa: PLC0415

    # Who tests an edition in a process of its own reads the same lists there.
    setattr(Knowledge, "read", functools.cache(Knowledge.read))  # noqa: B010 (mypy would have it a class method)
    read_once = functools.cache(read_config)
    phrases, knowledge = read_once(CONFIG, Risk.NORMAL)
    vars(composition).update(read_config=read_once)
    read_texts = functools.cache(Texts.read)
    for language in languages(CONFIG / "texts"):
        read_texts(CONFIG / "texts", language)
    setattr(Texts, "read", read_texts)  # noqa: B010 (mypy would have it a class method)
    # Each program reads its own code for the name of its edition.
    configuration_key(phrases, knowledge.analyser)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite"
        store = Store(make_url(f"sqlite:///{file}"))
        store.open()
        store.close()
        tables = file.read_bytes()
    _answer_once(composition.run)
    # Who takes a page in needs these.
    for library in ("trafilatura", "lxml.html"):
        importlib.import_module(library)
    # What all share is not looked through by each for what could be let go, which would copy all of it.
    gc.collect()
    gc.freeze()
    channel, server = socket.socket(fileno=int(sys.argv[1])), os.getpid()
    with channel:
        order = _serve(channel)
    if order is not None:
        end_with_parent(server)
        try:
            _put_tables(order["environment"], tables)
            _carry_out(order)
        except SystemExit as end:
            if not isinstance(end.code, int):
                raise
            _end(end.code)


if __name__ == "__main__":
    main()
