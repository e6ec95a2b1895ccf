"""Addresses of databases as platforms and people write them; no complaint repeats a password."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.records import open_records
from bot.records.database import kind_of_database, read_database_url
from bot.settings import CONFIG
from bot.texts import Texts

SECRET = "hunter2secret"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("postgres://u:p@host:5432/name", "postgresql+psycopg://u:***@host:5432/name"),
        (" postgresql://u:p@host/name?sslmode=require\n", "postgresql+psycopg://u:***@host/name?sslmode=require"),
        ("postgresql+psycopg://u:p@host", "postgresql+psycopg://u:***@host"),
        (
            "postgresql://u@/name?host=/var/run/postgresql",
            "postgresql+psycopg://u@/name?host=%2Fvar%2Frun%2Fpostgresql",
        ),
        ("postgres://u:p%40%2F@host/name", "postgresql+psycopg://u:***@host/name"),
        ("sqlite:///data/isnad.sqlite", "sqlite:///data/isnad.sqlite"),
        ("sqlite:////data/isnad.sqlite", "sqlite:////data/isnad.sqlite"),
    ],
)
def test_addresses_are_read_as_platforms_write_them(text: str, read: str) -> None:
    assert repr(read_database_url(text)) == read


def test_a_password_is_read_without_its_escapes() -> None:
    assert read_database_url("postgres://u:p%40%2F@host/name").password == "p@/"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"u:{SECRET}@host/name", "settings.database"),
        (f"postgres://u:{SECRET}@host:port/name", "settings.database"),
        (f"postgres://u:p@{SECRET}@host/name", "settings.database"),
        (f"postgres://u:{SECRET}@host:70000/name", "records.url.port"),
        (f"postgres://u:{SECRET}@/name", "records.url.host"),
        ("postgresql:///name", "records.url.host"),
        (f"oracles://u:{SECRET}@host/name", "records.url.kind"),
        (f"mysql://u:{SECRET}@host/name", "records.url.kind"),
        (f"postgresql+psycopg2://u:{SECRET}@host/name", "records.url.kind"),
        ("sqlite+aiosqlite:///isnad.sqlite", "records.url.kind"),
        (f"postgres://u:{SECRET}@host/name?pgbouncer=true", "records.url.options"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_without_its_password(text: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        open_records(SecretStr(text), tmp_path, days=90, bot_id=1)
    [mistake] = caught.value.mistakes
    assert (mistake.variable, mistake.key) == ("DATABASE_URL", key)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    for language in ("ar", "en"):
        words = Texts.read(CONFIG / "texts", language)(mistake.key, variable=mistake.variable, words=mistake.words)
        assert "DATABASE_URL" in words
        assert SECRET not in words


@given(st.text(max_size=80) | st.text(max_size=60).map("postgres://u:{}".format))
def test_any_text_is_an_address_or_a_mistake(text: str) -> None:
    with suppress(SettingsError):
        assert kind_of_database(read_database_url(text))


@contextmanager
def without_psycopg() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in [name for name in sys.modules if name.split(".")[0] == "psycopg"]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "psycopg", None)
        yield


def test_a_machine_without_psycopg_says_so_and_keeps_sqlite(tmp_path: Path) -> None:
    with without_psycopg():
        with pytest.raises(SettingsError) as caught:
            read_database_url("postgres://host/name")
        assert [mistake.key for mistake in caught.value.mistakes] == ["records.url.driver"]
        assert open_records(None, tmp_path, days=90, bot_id=1).state.kind == "SQLite"
