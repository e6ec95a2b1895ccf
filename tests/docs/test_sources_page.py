"""The pages, and the reply to an address of another scheme, name every store that the bot reads."""

import pytest

from bot.articles.sources.address import STORES
from bot.texts import Texts
from tests.chat.samples import ARABIC_FIRST
from tests.docs.pages import Page
from tests.e2e.program import ROOT

# Other names of a store: where they would only make a sentence longer, the first one stands for them.
OTHER_NAMES = {"gcs", "abfs", "abfss"}
NAMED = [("sources.md", STORES), ("operation.md", STORES - OTHER_NAMES)]


@pytest.mark.parametrize(("page", "scheme"), [(page, each) for page, schemes in NAMED for each in sorted(schemes)])
def test_every_page_names_every_store(page: str, scheme: str) -> None:
    assert f"`{scheme}://" in Page(ROOT / "docs" / page).prose


@pytest.mark.parametrize("scheme", sorted(STORES - OTHER_NAMES))
@pytest.mark.parametrize("texts", ARABIC_FIRST.in_each_language, ids=lambda texts: texts.language)
def test_the_texts_name_every_store(texts: Texts, scheme: str) -> None:
    assert f"{scheme}://" in texts("source.scheme", scheme="ftp")
