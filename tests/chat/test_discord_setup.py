import pytest

from bot.chat.discord_setup import rest_base


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://proxy:3000/", "http://proxy:3000/api/v10"),
        ("http://proxy:3000", "http://proxy:3000/api/v10"),
        ("http://127.0.0.1:8000/api/v10/", "http://127.0.0.1:8000/api/v10"),
        ("https://proxy.example/discord/api/v10", "https://proxy.example/discord/api/v10"),
    ],
)
def test_an_address_without_path_stands_for_discords_own(url: str, base: str) -> None:
    assert rest_base(url) == base
