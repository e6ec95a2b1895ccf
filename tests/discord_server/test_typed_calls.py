"""What somebody types after a slash becomes the options that were meant."""

import pytest

from tests.discord_server.commands import Commands
from tests.discord_server.snowflakes import Snowflakes
from tests.discord_server.typed_calls import TypedCalls, typed_fields


def text(name: str, english: str) -> dict[str, object]:
    return {"type": 3, "name": name, "name_localizations": {"en-US": english}, "autocomplete": english == "outlet"}


ASK = {"name": "اسأل", "options": [text("سؤال", "question"), text("منذ", "since"), text("الجهة", "outlet")]}
EXPLAIN = {"type": 1, "name": "explain", "options": [text("سؤال", "question")]}
CORPUS = {"name": "corpus", "options": [EXPLAIN]}


@pytest.fixture
def typed() -> TypedCalls:
    commands = Commands(1, Snowflakes())
    commands.replace_all(None, [ASK, CORPUS])
    return TypedCalls(commands, None)


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("", {}),
        ("من أسس الشركة؟", {"سؤال": "من أسس الشركة؟"}),
        ("question=من أسس الشركة؟", {"question": "من أسس الشركة؟"}),
        ("question=من أسس الشركة؟ since=2024", {"question": "من أسس الشركة؟", "since": "2024"}),
        ("since=مارس 2024 سؤال=من أسس الشركة؟", {"since": "مارس 2024", "سؤال": "من أسس الشركة؟"}),
        ("من أسس الشركة؟ since=2024", {"سؤال": "من أسس الشركة؟", "since": "2024"}),
        ("2024 question=متى؟", {"question": "متى؟", "منذ": "2024"}),
        ("question='متى since=2024'", {"question": "متى since=2024"}),
        ("question=ما https://host.example/?a=b ؟", {"question": "ما https://host.example/?a=b ؟"}),
        ("question=", {"question": ""}),
    ],
)
def test_a_value_goes_on_to_the_next_name(typed: TypedCalls, line: str, options: dict[str, str]) -> None:
    assert typed.slash(f"اسأل {line}") == ("اسأل", options)


def test_a_subcommand_takes_options_in_the_same_way(typed: TypedCalls) -> None:
    assert typed.slash("corpus explain question=من أسس الشركة؟") == (
        "corpus explain",
        {"question": "من أسس الشركة؟"},
    )


def test_what_is_typed_last_is_completed_with_all_its_words(typed: TypedCalls) -> None:
    line = "/اسأل question=من أسس outlet=صحيفة الض"
    assert typed.completion(line) == ("اسأل", {"question": "من أسس", "outlet": "صحيفة الض"}, "outlet")
    assert typed.completion("outlet=صحيفة الض") == ("اسأل", {"outlet": "صحيفة الض"}, "outlet")


def test_the_fields_of_a_form_reach_to_the_next_name() -> None:
    typed = "title=حصار المدينة link=https://host.example/?a=b text=أول.\\nثان."
    filled = typed_fields(typed, ["link", "title", "text", "day"])
    assert filled == {"title": "حصار المدينة", "link": "https://host.example/?a=b", "text": "أول.\nثان."}


@pytest.mark.parametrize("typed", ["", "حصار المدينة", "حصار title=المدينة", "outlet=صحيفة"])
def test_a_form_says_which_fields_it_has(typed: str) -> None:
    with pytest.raises(LookupError, match="link= title="):
        typed_fields(typed, ["link", "title"])
