"""Tries out what goes wrong in every way: `python -m tests.attacks.faulty` in the place of the worker."""

import os
import random
import time
from typing import ClassVar

from tests.attacks.attack import Attack
from tests.attacks.worker import main


class Faulty(Attack[str]):
    """Does what each input says."""

    tried = "what goes wrong"
    promise = "is noticed"
    named: ClassVar = {word: lambda word=word: word for word in ("raise", "hang", "die", "fill", "print")}

    def make(self, chance: random.Random) -> str:
        return f"fine {chance.random()}"

    def try_out(self, given: str) -> None:
        match given:
            case "raise":
                raise ValueError("this is wrong")
            case "hang":
                time.sleep(600)
            case "die":
                os._exit(3)
            case "fill":
                bytearray(b"x" * 150_000_000)
            case "print":
                print("what is printed disturbs nobody")  # noqa: T201


KINDS = {"faulty": Faulty}

if __name__ == "__main__":
    main(KINDS)
