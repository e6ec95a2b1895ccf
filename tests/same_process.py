"""Calls of child processes, made in the process of the tests: a child takes most of a second to start."""

import io
import json
import os
import signal
from typing import Any

from bot.workers.child_process import CallError, ChildProcess, _answer

IN_CHILD = ChildProcess._call


def echo(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    return {"word": record["word"], "data": data.decode(), "process": os.getpid(), "variables": sorted(os.environ)}


def hang(*_: object) -> dict[str, Any]:
    while True:
        pass


def crash(*_: object) -> dict[str, Any]:
    os.kill(os.getpid(), signal.SIGSEGV)
    return {}


def fail(*_: object) -> dict[str, Any]:
    print("no answer")  # noqa: T201
    raise ValueError("كلام")


def swell(*_: object) -> dict[str, Any]:
    return {"data": len(bytearray(2 << 30))}


def call_here(_: ChildProcess, __: object, record: dict[str, Any], data: bytes, *___: float) -> dict[str, Any]:
    """Do here what a child would do, with what would reach it and come back."""
    call = json.loads(json.dumps({**record, "bytes": len(data)}))
    answer: dict[str, Any] = json.loads(json.dumps(_answer(call, io.BytesIO(data))))
    if "failed" in answer:
        raise CallError(answer["failed"])
    return answer
