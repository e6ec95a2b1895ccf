"""The kinds of attack by name."""

from collections.abc import Mapping
from typing import Any

from tests.attacks.archives import Archives
from tests.attacks.articles import Articles
from tests.attacks.attack import Attack
from tests.attacks.buttons import Buttons
from tests.attacks.feeds import Feeds
from tests.attacks.hosts import Hosts
from tests.attacks.products import Products
from tests.attacks.questions import Questions
from tests.attacks.texts import CardTexts

KINDS: Mapping[str, type[Attack[Any]]] = {
    "questions": Questions,
    "products": Products,
    "articles": Articles,
    "archives": Archives,
    "feeds": Feeds,
    "hosts": Hosts,
    "buttons": Buttons,
    "texts": CardTexts,
}
