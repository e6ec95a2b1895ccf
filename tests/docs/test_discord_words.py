"""The pages for members and moderators: every command, and the words and buttons of the bot as Discord shows them."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from bot.articles.html import ExtractionReport
from bot.articles.importing import AddedArticle, ImportedArticle
from bot.chat.buttons.dispatch import deletion_card
from bot.chat.buttons.privacy import confirmation_card
from bot.chat.cards.answer_card import outcome_buttons
from bot.chat.cards.article_card import article_card
from bot.chat.cards.button_ids import BellState
from bot.chat.cards.card import Button, Card, page_rows
from bot.chat.following.follow_cards import FollowedNews, followed_card
from bot.chat.moderation.addition_cards import added_card
from bot.chat.moderation.addition_drafts import Draft, Drafts
from bot.chat.open_refusals.bells import choice_card, waiting_card
from bot.records.member_rows import Follow, MemberRows
from bot.settings import CONFIG
from bot.texts import Texts
from tests.chat.doubles import reloaded
from tests.chat.samples import ARABIC, ENGLISH, answer, article, refusal
from tests.docs.pages import Page, pages
from tests.docs.slash_commands import OPTIONS, REGISTERED
from tests.e2e.program import ROOT

_LANGUAGES = (CONFIG / "languages.toml").read_text(encoding="utf-8")
ROOMS = ROOT / "bot" / "chat"
PAGES = {page.name: page for page in pages()}
FOR_DISCORD = [PAGES["docs/members.md"], PAGES["docs/moderators.md"]]
WORDS = "\n".join(page.text for page in FOR_DISCORD)
FOLLOW = Follow(1, 2, "المكتبة", None, "ar", 3, is_direct=True, followed_at=0, seen_until=0)
HINTS = {language: entry["hint"] for language, entry in tomllib.loads(_LANGUAGES).items() if "hint" in entry}
LANGUAGES = {"en": ENGLISH, "ar": ARABIC}

# What stands between the quotation marks of the pages is what the bot says; questions stand in signs of code.
_SAID = {"en": re.compile(r"“((?:[^“”]|“…”)+)”"), "ar": re.compile(r"«([^«»]+)»")}
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_EMOJI = "[\u2300-\u27bf\U0001f300-\U0001faff]\ufe0f?"
_LABELLED = re.compile(rf"({_EMOJI}) (?:“([^”]+)”|«([^»]+)»)")


@pytest.mark.parametrize("name", sorted(REGISTERED))
def test_every_command_is_described_in_each_language(name: str) -> None:
    assert re.search(rf"`/{re.escape(name)}(?: [^`]*)?`", WORDS)


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_every_option_is_described(name: str) -> None:
    assert re.search(rf"`(?:/[^`]* )?{re.escape(name)}:?`", WORDS)


def said() -> Iterator[tuple[str, str, str]]:
    for page in FOR_DISCORD:
        prose = _CODE.sub("", page.text)
        for language, pattern in _SAID.items():
            for words in pattern.findall(prose):
                yield page.name, language, words


@pytest.mark.parametrize(("page", "language", "words"), [*said()])
def test_what_the_bot_is_said_to_say_is_in_its_texts(page: str, language: str, words: str) -> None:
    # "…" stands for what is left out or filled in, and so does a number; bold words are bold in some texts only.
    parts = [_plain(part).strip() for part in re.split(r"…|\d+", words)]
    pattern = re.compile(".*?".join(map(re.escape, parts)))
    assert any(parts)
    assert any(pattern.search(text) for text in all_texts(LANGUAGES[language])), page


def test_words_that_the_bot_does_not_say_are_found() -> None:
    assert not any("Compare" in text for text in all_texts(ENGLISH))
    assert ("docs/members.md", "en", "Context") in [*said()]


def all_texts(texts: Texts) -> Iterator[str]:
    """Yield what the bot says in a language, the hint to those who ask in it among them."""
    forms = [form for plural in texts.plurals.values() for form in plural.values()]
    yield from map(_plain, (*texts.entries.values(), *forms, HINTS.get(texts.language, "")))


def _plain(text: str) -> str:
    return re.sub("[\u2066-\u2069`*]", "", " ".join(text.split()))


def buttons(texts: Texts) -> Iterator[Button]:
    """Yield the buttons of all kinds of cards."""
    result, state = answer(article()), BellState(1, "unsupported", "")
    cards: list[Card] = [
        article_card(article(), 0, texts),
        choice_card((), state, ("here", "direct"), 90, texts),
        waiting_card("bell.waiting_here", state, 90, texts),
        confirmation_card(MemberRows(), texts),
        deletion_card("1", 1, texts),
        followed_card([FollowedNews(FOLLOW, result.quotes)], [FOLLOW], 1, texts),
        Drafts().offer(Card(("x",)), Draft(), texts, is_to_confirm=True),
        added_card(
            AddedArticle("x", article()), ImportedArticle(article(), "", ExtractionReport(), ()), reloaded(), texts
        ),
    ]
    rows = [
        *outcome_buttons(result, 1, texts, has_more=True),
        *outcome_buttons(refusal(), 1, texts, has_more=False, is_lasting=True),
        *page_rows(1, 9, str, texts),
        *(row for card in cards for row in card.rows),
    ]
    for row in rows:
        yield from row


LABELS = {language: {(b.emoji, b.label) for b in buttons(texts)} for language, texts in LANGUAGES.items()}


def labelled() -> Iterator[tuple[str, str, str, str]]:
    for page in PAGES.values():
        for emoji, english, arabic in _LABELLED.findall(page.prose):
            yield page.name, emoji, "en" if english else "ar", english or arabic


@pytest.mark.parametrize(("page", "emoji", "language", "label"), [*labelled()])
def test_no_page_names_a_button_that_is_not_there(page: str, emoji: str, language: str, label: str) -> None:
    assert (emoji, label) in LABELS[language], page


@pytest.mark.parametrize("page", FOR_DISCORD, ids=lambda page: page.name)
def test_no_sign_is_on_the_pages_that_the_bot_does_not_have(page: Page) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOMS.rglob("*.py")))
    assert {sign for sign in re.findall(_EMOJI, page.text) if sign not in sources} == set()


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_button_is_described(language: str) -> None:
    named = {" ".join(words.split()) for words in _SAID[language].findall(WORDS)}
    assert {label for _, label in LABELS[language] if label} <= named
