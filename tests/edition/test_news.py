"""Ten thousand real news articles."""

from itertools import islice
from pathlib import Path

import pytest

from bot.articles import RejectionReason
from bot.articles.sources import DirectorySource
from bot.edition import Editions, Unchanged
from tests.edition.samples import CHECK, builder, reloaded

NEWS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "news_ant.articles.jsonl"


@pytest.mark.slow
def test_ten_thousand_articles_load_and_every_rejection_is_explained(tmp_path: Path) -> None:
    if not NEWS.is_file():
        pytest.skip("../shared/corpora is not beside this checkout")
    with NEWS.open(encoding="utf-8") as stream:
        lines = list(islice(stream, 10_000))
    corpus = tmp_path / "news.jsonl"
    corpus.write_text("".join(lines), encoding="utf-8")
    make = builder(tmp_path / "cache")
    editions = Editions(DirectorySource(corpus), make.build, key=make.key, check=CHECK)
    outcome = reloaded(editions)
    rejected = {rejection.line: rejection for rejection in outcome.changes.rejections}
    assert outcome.failed_gate is None
    assert len(editions.current.articles) + len(rejected) == 10_000
    assert set(rejected) <= set(range(1, 10_001))
    assert all(isinstance(rejection.reason, RejectionReason) for rejection in rejected.values())
    assert len(editions.current.articles) > 9_900
    assert isinstance(editions.reload(), Unchanged)
