from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot import __version__
from bot.chat.permissions import HomeServers
from bot.chat.session import start_line
from bot.settings import DiscordSettings
from tests.chat.doubles import edition, editions
from tests.chat.samples import article


def line(names: list[str], homes: tuple[int, ...] = ()) -> str:
    guilds = [SimpleNamespace(id=number, name=name) for number, name in enumerate(names, 1)]
    client = SimpleNamespace(user="Isnad#0001", guilds=guilds, application_id=42)
    home = HomeServers(DiscordSettings(home_guild_ids=homes))
    home.update([guild.id for guild in guilds])
    return start_line(cast("Any", client), editions(edition(article())), home)


def test_it_says_who_where_from_what_and_how_to_invite() -> None:
    said = line(["ساحة الأخبار"])
    assert said.startswith(f"Isnad {__version__} answers as Isnad#0001 in 1 server (ساحة الأخبار), from ")
    assert ": 1 article, " in said
    assert "0 rejected; home: ساحة الأخبار; invite: https://discord.com/oauth2/authorize?client_id=42&scope=bot" in said


@pytest.mark.parametrize("names", [[], ["a\nERROR all is lost"], ["x"] * 40])
def test_it_is_one_line_of_few_names(names: list[str]) -> None:
    said = line(names)
    assert "\n" not in said
    assert said.count("x, ") <= 5
    assert f"in {len(names)} server{'' if len(names) == 1 else 's'} (" in said


def test_it_says_where_no_server_is_home() -> None:
    assert "home: none, set DISCORD_HOME_GUILD_IDS;" in line(["a", "b"])
    assert "home: b, 9;" in line(["a", "b"], (2, 9))
