"""Runs Python code for as long as the process lives that has asked for it: `python -m tests.leash PARENT -m MODULE …`.

A process that is killed ends no other one by itself; Linux does that where it is asked to.
"""

import ctypes
import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int) -> None:
    """Be killed when the parent ends, or end at once where it has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the parent has ended already")


def main() -> None:
    """Run a module or code with those arguments that follow."""
    parent, kind, code, *arguments = sys.argv[1:]
    end_with_parent(int(parent))
    sys.argv = [kind, *arguments]
    if kind == "-m":
        runpy.run_module(code, run_name="__main__", alter_sys=True)
    else:
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 (it is the test's own)


if __name__ == "__main__":
    main()
