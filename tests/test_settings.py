import ast
import inspect
import traceback
from operator import attrgetter
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import settings as module
from bot.answering import Risk
from bot.articles.combined import source_entries
from bot.errors import SettingsError
from bot.ops import setting_forms
from bot.settings import (
    CONFIG,
    DATA,
    AnswerSettings,
    CorpusSettings,
    DiscordSettings,
    LimitSettings,
    OpsSettings,
    RecordSettings,
    ReplySettings,
    SearchSettings,
    read_settings,
    reply_settings,
    required_forms,
)
from bot.texts import Texts, languages
from tests.machine import forget_machine

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.not-a-real-secret-but-long-enough"
HIDDEN = "nevertobeseen"
NODES = ("https://user:s%40cret@search-1.example:9200", "http://[::1]:9200/")


@pytest.fixture(autouse=True)
def directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    forget_machine(monkeypatch, tmp_path)
    return tmp_path


def mistakes() -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        read_settings()
    found = [(mistake.variable, mistake.key) for mistake in caught.value.mistakes]
    assert len(dict(found)) == len(found)
    return dict(found)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()
    assert settings.discord == DiscordSettings()
    assert settings.discord.token is None
    assert settings.corpus.path == DATA / "corpus"
    assert settings.corpus.path.is_dir()
    assert settings.reply.language == "ar"
    assert (settings.ops.port, settings.ops.log_format) == (None, "text")
    assert (settings.corpus.refresh, settings.corpus.most_shrink) == (None, 0.5)
    assert (settings.answer.risk, settings.discord.bot_id) == (Risk.NORMAL, None)


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        ("DISCORD_TOKEN", "secret", "token_form"),
        ("DISCORD_TOKEN", "a.b.c d", "token_form"),
        ("DISCORD_TOKEN", "رمز.من.ثلاثة", "token_form"),
        ("DISCORD_TOKEN", " ", "token_form"),
        ("DISCORD_TOKEN", f'"{TOKEN}"', "token_form"),
        ("DISCORD_TOKEN", f"' {TOKEN} '", "token_form"),
        ("DISCORD_TOKEN", "a..c", "token_form"),
        ("DISCORD_API_URL", "discord.com/api", "http_url"),
        ("DISCORD_API_URL", "wss://gateway", "http_url"),
        ("DISCORD_GATEWAY_URL", "https://gateway", "websocket_url"),
        ("DISCORD_GUILD_IDS", "guild", "ids"),
        ("DISCORD_GUILD_IDS", "1,two,three", "ids"),
        ("DISCORD_HOME_GUILD_IDS", "home", "ids"),
        ("DISCORD_CHANNEL_IDS", "-1", "ids"),
        ("DISCORD_MODERATOR_ROLE_IDS", "18446744073709551616", "ids"),
        ("DISCORD_MODERATOR_CHANNEL_ID", "1,2", "id"),
        ("DISCORD_REPORT_SECONDS", "0", "seconds"),
        ("DISCORD_SHARD_COUNT", "0", "count"),
        ("DISCORD_SHARD_COUNT", "two", "count"),
        ("DISCORD_SHARD_IDS", "1;2", "ids"),
        ("DISCORD_SHARD_IDS", "0", "shard_ids"),
        ("CORPUS_URL", "ftp://news.example/corpus.zip", "corpus_address"),
        ("CORPUS_URL", "github://owner:repo", "corpus_address"),
        ("CORPUS_URL", "https://", "corpus_address"),
        ("CORPUS_URL", "https://news.example:port/corpus.zip", "corpus_address"),
        ("CORPUS_URL", "https://news.example/corpus.zip#../secret", "corpus_address"),
        ("CORPUS_URL", "http://[", "corpus_address"),
        ("CORPUS_URL", "file://[", "corpus_address"),
        ("CORPUS_URL", "://", "corpus_address"),
        ("CORPUS_URL", "http://news.example/corpus.zip", "corpus_http"),
        ("CORPUS_URL", "https://user:password@news.example/corpus.zip", "corpus_credentials"),
        ("CORPUS_TOKEN", "two words", "corpus_token"),
        ("CORPUS_TOKEN", "رمز", "corpus_token"),
        ("CORPUS_TOKEN", "line\r\nX-Header: 1", "corpus_token"),
        ("CORPUS_ALLOW_PRIVATE", "perhaps", "yes_or_no"),
        ("CORPUS_MAX_MEGABYTES", "0", "size"),
        ("CORPUS_MAX_UNPACKED_MEGABYTES", "many", "size"),
        ("CORPUS_MAX_FILES", "-1", "files"),
        ("CORPUS_FETCH_SECONDS", "0", "seconds"),
        ("CORPUS_BUILD_SECONDS", "-1", "seconds"),
        *(("CORPUS_REFRESH", value, "refresh") for value in ("59", "0", "daily", "nan", "inf")),
        *(("CORPUS_MOST_SHRINK", value, "share") for value in ("-0.1", "1.1", "half", "nan")),
        ("SEARCH_URL", "search.example:9200", "search_url"),
        ("SEARCH_URL", "https://search.example, search-2.example", "search_url"),
        ("SEARCH_URL", "https://search.example/?pretty", "search_url"),
        ("SEARCH_URL", "https://search.example:port", "search_url"),
        ("SEARCH_URL", "https://user:12/s3cret@search.example", "search_url"),
        ("SEARCH_URL", " , ", "search_url"),
        ("SEARCH_INDEX", "Isnad", "search_index"),
        ("SEARCH_INDEX", "_news", "search_index"),
        ("SEARCH_INDEX", "news*", "search_index"),
        ("SEARCH_INDEX", "n" * 101, "search_index"),
        ("SEARCH_CA_FILE", "no-such-file.pem", "certificates"),
        ("SEARCH_CA_FILE", __file__, "certificates"),
        ("SEARCH_BUILDS", "sometimes", "yes_or_no"),
        ("SEARCH_POLL_SECONDS", "0", "poll_seconds"),
        ("REPLY_LANGUAGE", "es", "language"),
        ("REPLY_MONTHS", "moon", "months"),
        ("ANSWER_RISK", "0.3", "risk"),
        ("LIMIT_MEMBER_PER_MINUTE", "-1", "limit"),
        ("LIMIT_CHANNEL_PER_MINUTE", "many", "limit"),
        ("PORT", "0", "port"),
        ("PORT", "65536", "port"),
        ("PORT", "http", "port"),
        ("HEALTH_HOST", "localhost", "address"),
        ("HEALTH_HOST", "127.0.0.1:8080", "address"),
        ("HEALTH_HOST", "10.0.0.0/8", "address"),
        ("HEARTBEAT_URL", "hc-ping.com/secret", "heartbeat"),
        ("HEARTBEAT_URL", "https://", "heartbeat"),
        ("HEARTBEAT_URL", "ftp://monitor.example/secret", "heartbeat"),
        ("HEARTBEAT_URL", "https://[", "heartbeat"),
        ("SENTRY_DSN", "https://sentry.example/7", "sentry"),
        ("SENTRY_DSN", "https://key@sentry.example", "sentry"),
        ("SENTRY_DSN", "https://key@sentry.example/project", "sentry"),
        ("SENTRY_DSN", "key@sentry.example/7", "sentry"),
        ("LOG_FORMAT", "xml", "log_format"),
    ],
)
def test_each_mistake_has_its_sentence(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, key: str) -> None:
    monkeypatch.setenv(variable, value)
    assert mistakes() == {variable: f"settings.{key}"}


@pytest.mark.parametrize(
    ("variable", "written", "field", "value"),
    [
        *(
            ("DISCORD_TOKEN", copied, "discord.token", SecretStr(TOKEN))
            for copied in (TOKEN, f"  {TOKEN} ", f"Bot {TOKEN}")
        ),
        *(
            ("DISCORD_TOKEN", token, "discord.bot_id", number)
            for token, number in ((TOKEN, 123456789012345678), ("MTA.b.c", 10), ("word.b.c", None))
        ),
        *(
            ("DISCORD_GUILD_IDS", ids, "discord.guild_ids", (1, 2, 3))
            for ids in ("1,2,3", "1 2 3", "1, 2,3", " 1,,2\t3, ")
        ),
        ("DISCORD_CHANNEL_IDS", str(2**64 - 1), "discord.channel_ids", (2**64 - 1,)),
        ("CORPUS_URL", "corpus/", "corpus.path", Path("corpus")),
        ("CORPUS_URL", "/srv/corpus", "corpus.path", Path("/srv/corpus")),
        ("CORPUS_URL", "articles.jsonl", "corpus.path", Path("articles.jsonl")),
        ("CORPUS_URL", "file:///srv/corpus", "corpus.path", Path("/srv/corpus")),
        ("CORPUS_URL", "FILE:///srv/corpus", "corpus.path", Path("/srv/corpus")),
        ("CORPUS_URL", "file:///srv/my%20news/%D8%A3%D8%AE", "corpus.path", Path("/srv/my news/أخ")),
        ("CORPUS_URL", "أخبار 100%", "corpus.path", Path("أخبار 100%")),
        *(
            ("CORPUS_URL", address, "corpus.url", address)
            for address in (
                "https://host.example/repo/archive/main.tar.gz#articles",
                "https://host.example:8443/مجلد/main.zip?ref=main",
                *("s3://bucket/articles", "gs://bucket", "az://container/articles"),
            )
        ),
        *(
            ("CORPUS_TOKEN", token, "corpus.token", SecretStr("corpus-secret"))
            for token in ("corpus-secret", " corpus-secret\n", "Bearer corpus-secret")
        ),
        *(
            ("CORPUS_REFRESH", written, "corpus.refresh", value)
            for written, value in (("off", "off"), (" OFF", "off"), ("60", 60), ("3600", 3600))
        ),
        *(("SEARCH_URL", between.join(NODES), "search.addresses", NODES) for between in (",", " ", ", ", "\n")),
        *(("REPLY_LANGUAGE", language, "reply.language", language) for language in languages(CONFIG / "texts")),
        ("REPLY_LANGUAGE", "EN", "reply.language", "en"),
        ("REPLY_MONTHS", "Levant", "reply.months", "levant"),
        ("ANSWER_RISK", "High ", "answer.risk", Risk.HIGH),
        ("ANSWER_RISK", "low", "answer.risk", Risk.LOW),
        ("LOG_FORMAT", "Json", "ops.log_format", "json"),
    ],
)
def test_a_value_is_taken_as_people_write_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, written: str, field: str, value: object
) -> None:
    monkeypatch.setenv(variable, written)
    assert attrgetter(field)(read_settings()) == value
    assert reply_settings().language == read_settings().reply.language


@pytest.mark.parametrize(
    ("variable", "written", "is_right"),
    [
        ("DISCORD_TOKEN", f"{HIDDEN}.{HIDDEN}.{HIDDEN}", True),
        ("DISCORD_TOKEN", HIDDEN, False),
        ("CORPUS_TOKEN", HIDDEN, True),
        ("CORPUS_TOKEN", f"{HIDDEN} {HIDDEN}", False),
        ("CORPUS_URL", f"https://host.example/corpus.zip?signature={HIDDEN}", True),
        ("CORPUS_URL", f"https://user:{HIDDEN}@host.example/corpus.zip?signature={HIDDEN}", False),
        ("SEARCH_URL", f"https://user:{HIDDEN}@search-1.example:9200", True),
        ("SEARCH_URL", f"https://user:{HIDDEN}@search.example:port", False),
    ],
)
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, variable: str, written: str, is_right: bool) -> None:
    monkeypatch.setenv(variable, written)
    if is_right:
        settings = read_settings()
        areas = (settings.discord, settings.corpus, settings.search)
        assert HIDDEN not in f"{settings!r} {settings} {areas} {[str(area) for area in areas]}"
        return
    # Another mistake is beside it.
    monkeypatch.setenv("PORT", "x")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    error = caught.value
    assert HIDDEN not in f"{error!r} {error} {error.mistakes} {''.join(traceback.format_exception(error))}"


def test_all_mistakes_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "DISCORD_TOKEN": "x",
        "DISCORD_GUILD_IDS": "a,b",
        "CORPUS_URL": "ftp://x",
        "REPLY_LANGUAGE": "x",
        "PORT": "x",
    }
    for variable, value in wrong.items():
        monkeypatch.setenv(variable, value)
    assert mistakes().keys() == wrong.keys()


@pytest.mark.parametrize("variable", [*required_forms(), "DISCORD_TOKEN"])
def test_an_empty_value_means_unset(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    unset = read_settings()
    monkeypatch.setenv(variable, "")
    assert read_settings() == unset


@pytest.mark.parametrize(("ids", "is_right"), [("0", True), ("0,2", True), ("3", False), ("1,3", False)])
def test_shards_are_counted_from_zero(monkeypatch: pytest.MonkeyPatch, ids: str, is_right: bool) -> None:
    monkeypatch.setenv("DISCORD_SHARD_COUNT", "3")
    monkeypatch.setenv("DISCORD_SHARD_IDS", ids)
    if is_right:
        assert read_settings().discord.shard_count == 3
    else:
        assert mistakes() == {"DISCORD_SHARD_IDS": "settings.shard_ids"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_settings_are_read_from_a_file(monkeypatch: pytest.MonkeyPatch, directory: Path, encoding: str) -> None:
    monkeypatch.delenv("REPLY_LANGUAGE")
    text = f"DISCORD_TOKEN={TOKEN}\n# a comment\nREPLY_LANGUAGE=en\nDISCORD_GUILD_IDS='1, 2'\nPORT=\nOTHER=x\n"
    (directory / ".env").write_text(text, encoding=encoding)
    settings = read_settings()
    assert settings.discord.token is not None
    assert settings.discord.guild_ids == (1, 2)
    assert settings.reply.language == reply_settings().language == "en"
    assert settings.ops.port is None


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    (directory / ".env").write_text("PORT=1\nLOG_FORMAT=json\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "2")
    assert (read_settings().ops.port, read_settings().ops.log_format) == (2, "json")


def test_a_file_that_is_no_text_is_one_mistake_without_its_content(directory: Path) -> None:
    (directory / ".env").write_bytes(f"DISCORD_TOKEN={TOKEN}".encode("utf-16"))
    with pytest.raises(SettingsError) as caught:
        read_settings()
    [mistake] = caught.value.mistakes
    assert (mistake.variable, mistake.key) == (".env", "settings.env_file")
    assert TOKEN[:8] not in "".join(traceback.format_exception(caught.value))
    assert reply_settings().language == "ar"


def test_a_language_that_is_wrong_is_not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLY_LANGUAGE", "es")
    monkeypatch.setenv("REPLY_MONTHS", "levant")
    assert (reply_settings().language, reply_settings().months) == ("ar", "levant")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_settings().ops.port = 1  # type: ignore[misc]


def test_a_host_of_ones_own_network_is_allowed_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORPUS_URL", "http://files.internal/corpus.zip")
    monkeypatch.setenv("CORPUS_ALLOW_PRIVATE", "true")
    assert read_settings().corpus.url == "http://files.internal/corpus.zip"
    monkeypatch.setenv("CORPUS_ALLOW_PRIVATE", "perhaps")
    assert mistakes() == {"CORPUS_ALLOW_PRIVATE": "settings.yes_or_no"}


def test_every_setting_has_a_form_of_its_own() -> None:
    areas = (
        *(DiscordSettings, CorpusSettings, SearchSettings, ReplySettings),
        *(AnswerSettings, LimitSettings, OpsSettings, RecordSettings),
    )
    names = {f"{area.model_config.get('env_prefix', '')}{name}".upper() for area in areas for name in area.model_fields}
    assert names == required_forms().keys() | {"DISCORD_TOKEN", "CORPUS_CACHE"}


@pytest.mark.parametrize("language", languages(CONFIG / "texts"))
def test_every_mistake_and_nothing_else_has_a_sentence_in_every_language(language: str) -> None:
    texts = Texts.read(CONFIG / "texts", language)
    raised = {
        str(node.args[0].value)
        for source in (module, setting_forms, source_entries)
        for node in ast.walk(ast.parse(inspect.getsource(source)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"ValueError", "SourceEntryError"}
        if isinstance(node.args[0], ast.Constant)
    }
    raised |= {*source_entries._OF_ADDRESS.values(), "invalid", "env_file"}
    keys = {f"settings.{key}" for key in (*required_forms().values(), *raised)}
    assert keys == {key for key in texts.entries if key.startswith("settings.")}
    for key in keys:
        assert "VARIABLE" in texts(key, variable="VARIABLE", words="words")
