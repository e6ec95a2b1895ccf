import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.terminal_language import LANGUAGES, flag_language, locale_language, terminal_language

WORDS = st.text(max_size=12)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, None),
        ({"LANG": ""}, None),
        ({"LANG": "C"}, None),
        ({"LANG": "C.UTF-8"}, None),
        ({"LANG": "POSIX"}, None),
        ({"LANG": "ar_TN.UTF-8"}, "ar"),
        ({"LANG": "ar"}, "ar"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_TN.UTF-8"}, "fr"),
        ({"LANG": "de_DE@euro"}, "en"),
        ({"LANG": "ar_EG.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ar_LB.UTF-8", "LC_MESSAGES": "fr_FR"}, "ar"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, None),
        ({"LC_CTYPE": "ar_EG.UTF-8"}, None),
    ],
)
def test_a_locale_names_a_language(environment: dict[str, str], language: str | None) -> None:
    assert locale_language(environment) == language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], None),
        (["ask", "--language", "en"], "en"),
        (["--language=ar", "ask"], "ar"),
        (["--language", "ar", "ask", "--language", "en"], "en"),
        (["ask", "--", "--language", "en"], None),
        (["--language"], None),
        (["--language", "es"], None),
    ],
)
def test_a_flag_names_a_language(arguments: list[str], language: str | None) -> None:
    assert flag_language(arguments) == language


@given(st.dictionaries(st.sampled_from(["LC_ALL", "LC_MESSAGES", "LANG"]), WORDS), st.lists(WORDS))
def test_whatever_stands_there_the_language_has_texts(environment: dict[str, str], words: list[str]) -> None:
    assert terminal_language(flag_language(words), environment, "ar") in LANGUAGES


def test_the_flag_goes_before_the_locale_and_that_before_the_replies() -> None:
    english = {"LANG": "en_US.UTF-8"}
    assert terminal_language("ar", english, "ar") == "ar"
    assert terminal_language(None, english, "ar") == "en"
    assert terminal_language(None, {}, "ar") == "ar"
    assert terminal_language(None, {"LANG": "C.UTF-8"}, None) == "en"
