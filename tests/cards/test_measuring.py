"""The renderer draws what Discord would, and its measures tell good layout from bad."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cards.conftest import Pictures, drawn, message
from tests.cards.measures import Picture
from tests.cards.scene import Json, Scene, Window

pytestmark = pytest.mark.browser

_LATIN_NAME = "404 Media"


def isolated(text: str) -> str:
    return f"\u2068{text}\u2069"


def button(label: str, **parts: object) -> Json:
    return {"type": 2, "style": 2, "label": label, "custom_id": label} | parts


def text(content: str) -> Json:
    return {"type": 10, "content": content}


_BUTTONS = [button("السابق", disabled=True), button("التالي"), button("مفيد", emoji={"name": "👍"})]
_LAYOUT = {
    "type": 17,
    "accent_color": 0x1B7F5C,
    "components": [
        text("### متى افتتحت **المكتبة**؟"),
        text("> افتتحت البلدية المكتبة العامة.\n-# المصدر: صحيفة الضفة"),
        {"type": 14, "divider": True, "spacing": 1},
        {"type": 1, "components": _BUTTONS},
    ],
}
_MESSAGES: Mapping[str, Json] = {
    "isolated": message(content=f"المصدر: المكتبة · {isolated(_LATIN_NAME)} · 2026"),
    "not-isolated": message(content=f"المصدر: المكتبة · {_LATIN_NAME} · 2026"),
    "first-letters": message(content=f"Source: المكتبة\nالمصدر: Booktown\n{isolated('Booktown')}: المصدر"),
    "markdown": message(content="**عريض** و`رمز` و[رابط](https://news.example/a) و\\*نجمة\\* و<@7>\n> # اقتباس"),
    "narrow": message(components=[{"type": 1, "components": [button("كلمة طويلة " * 7)]}]),
    "layout": message(components=[_LAYOUT], flags=1 << 15),
}


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    scenes = [Scene(name, (shown,), {"7": "سارة"}) for name, shown in _MESSAGES.items()]
    return drawn(scenes, tmp_path_factory.mktemp("samples"))


def read(picture: Picture) -> list[str]:
    (line,) = picture.lines
    return [run.text.strip() for run in line.as_read]


def test_an_isolate_keeps_a_latin_name_whole(samples: Pictures) -> None:
    assert read(samples["isolated", 900]) == ["المصدر: المكتبة ·", _LATIN_NAME, "·", "2026"]


def test_a_latin_name_without_an_isolate_is_seen_to_be_torn(samples: Pictures) -> None:
    assert read(samples["not-isolated", 900]) == ["المصدر: المكتبة ·", "404", "", "Media · 2026"]


@pytest.mark.parametrize("width", [390, 900])
def test_each_line_takes_its_direction_from_its_first_letter_outside_isolates(samples: Pictures, width: int) -> None:
    assert [line.direction for line in samples["first-letters", width].lines] == ["ltr", "rtl", "rtl"]


def test_markdown_is_read_as_discord_reads_it(samples: Pictures) -> None:
    line, quoted = samples["markdown", 900].lines
    kinds = {run.text.strip(): run.kind for run in line.runs}
    assert kinds["عريض"] == "strong"
    assert kinds["رمز"] == "code"
    assert kinds["رابط"] == "a"
    assert kinds["سارة"] == "discord-mention"
    assert "*نجمة*" in line.text
    assert quoted.text == "اقتباس"
    # A quote stands in from its bar, which is at the left for Arabic too.
    assert quoted.left > line.left


def test_what_does_not_fit_is_reported(samples: Pictures) -> None:
    narrow, wide = samples["narrow", 390], samples["narrow", 900]
    assert [line.outside for line in narrow.lines] == [True]
    assert [line.outside for line in wide.lines] == [False]


@pytest.mark.parametrize(
    ("height", "caption", "cut_off"),
    [
        (600, "متى افتتحت المكتبة؟", ()),
        (300, "متى افتتحت المكتبة؟", ("the last message leaves the window",)),
        (600, "متى افتتحت المكتبة؟ " * 20, ("the caption leaves its box",)),
    ],
)
def test_what_a_window_cuts_off_is_reported(
    tmp_path: Path, height: int, caption: str, cut_off: tuple[str, ...]
) -> None:
    scene = Scene("window", (_MESSAGES["layout"],), window=Window(caption, "", "عام", height, draft="متى"))
    assert drawn([scene], tmp_path, (540,))["window", 540].overflows == cut_off
