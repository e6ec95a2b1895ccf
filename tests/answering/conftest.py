from functools import partial
from pathlib import Path

import pytest

from bot.edition import Edition, build_edition
from tests.answering.coverage import ANALYSER, PHRASES

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
build = partial(build_edition, PHRASES, ANALYSER)


@pytest.fixture(scope="session")
def corpus() -> Edition:
    """The edition of the articles that come with the project."""
    return build(ROOT / "corpus")


@pytest.fixture(scope="session")
def seeds() -> Edition:
    """The edition of the real article that the first user supplied."""
    if not SEEDS.is_dir():
        pytest.skip("../shared/seeds is not beside this checkout")
    return build(SEEDS)
