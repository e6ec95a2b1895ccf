"""Rules for the pages of single sites, which a maintainer keeps in config/sites.toml, and their selectors."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FIELDS = frozenset({"host", "text", "without"})
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+")
_NAME = r"-?[^\W\d][\w-]*"
_PART = re.compile(
    rf"(?P<tag>\*|{_NAME})|\.(?P<class>{_NAME})|#(?P<id>{_NAME})"
    rf"|\[(?P<attribute>{_NAME})(?:(?P<way>[~^$*]?=)(?:\"(?P<quoted>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w-]+)))?\]"
)
_BETWEEN = re.compile(r"\s*(?P<child>>)\s*|\s+")
_WORDS = "contains(concat(' ', normalize-space(@{name}), ' '), ' {value} ')"
_TESTS = {
    "=": "@{name}='{value}'",
    "~=": _WORDS,
    "*=": "contains(@{name}, '{value}')",
    "^=": "starts-with(@{name}, '{value}')",
    "$=": "substring(@{name}, string-length(@{name}) - string-length('{value}') + 1) = '{value}'",
}
# Names with digits or capitals in their middle are made anew at each build of a site.
_LASTING = re.compile(r"[a-z]+(?:[_-]{1,2}[a-z]+)*", re.IGNORECASE)
_MADE = re.compile(r"[a-z][A-Z].*[A-Z]|^(?:css|sc|jsx|dcr)-|^_")


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What is the text on the pages of a host and those below it, and what of it goes: CSS selectors, "" for none."""

    host: str
    text: str = ""
    without: tuple[str, ...] = ()


def rule_of(rules: Iterable[SiteRule], host: str) -> SiteRule | None:
    """Return the rule of a host: its own, or that of the nearest host above it."""
    found = [rule for rule in rules if f".{host}".endswith(f".{rule.host}")]
    return max(found, key=lambda rule: len(rule.host), default=None)


def read_site_rules(path: Path) -> tuple[SiteRule, ...]:
    """Read the rules of a TOML file, none where there is no file; ValueError says in one sentence what is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:  # a folder of configuration older than the file
        return ()
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise ValueError(f"{path.name} is not valid TOML: {error}") from error
    tables = content.get("site", [])
    if content.keys() - {"site"} or not isinstance(tables, list):
        raise ValueError(f"{path.name} must hold [[site]] tables and nothing else.")
    rules = [_rule(table, f"{path.name}, [[site]] {number}") for number, table in enumerate(tables, 1)]
    hosts = [rule.host for rule in rules]
    if twice := next((host for host in hosts if hosts.count(host) > 1), None):
        raise ValueError(f"{path.name} has two rules for {twice}.")
    return tuple(rules)


def _rule(table: Any, place: str) -> SiteRule:
    if not isinstance(table, Mapping) or not {"host"} < table.keys() <= _FIELDS:
        raise ValueError(f"{place}: needs host, and text or without, and may hold nothing else.")
    host, text, without = table["host"], table.get("text", ""), table.get("without", [])
    if not isinstance(host, str) or not _HOST.fullmatch(host.strip()):
        raise ValueError(f"{place}: host must be a host alone, such as news.example, not {host!r}.")
    if not isinstance(text, str) or not isinstance(without, list):
        raise ValueError(f"{place}: text must be a selector in quotes, without a list of them.")  # noqa: TRY004
    for selector in (*filter(None, [text]), *without):
        try:
            selector_xpath(selector)
        except ValueError as error:
            raise ValueError(f"{place} ({host}): {error}") from None
    return SiteRule(host.strip().lower().removeprefix("www."), text, tuple(without))


def selector_xpath(selector: object) -> str:
    """Translate a CSS selector of tags, classes, ids, attributes, descendants and children; raise ValueError."""
    if not isinstance(selector, str) or not selector.strip():
        raise ValueError(f"{selector!r} is no CSS selector.")
    return " | ".join(_path(part.strip(), selector) for part in selector.split(","))


def _path(part: str, selector: str) -> str:
    written, place, axis = "", 0, "descendant-or-self::"
    while place < len(part):
        tests, tag, start = list[str](), "*", place
        while found := _PART.match(part, place):
            if found["tag"] and place > start:
                break
            tag = found["tag"] or tag
            tests += _tests(found)
            place = found.end()
        between = _BETWEEN.match(part, place)
        if place == start or (place < len(part) and (between is None or between.end() == len(part))):
            raise ValueError(f"{selector!r} is no CSS selector that is understood: see “{part[place:]}”.")
        written += f"/{axis}{tag}" + "".join(f"[{test}]" for test in tests)
        axis = "child::" if between is not None and between["child"] else "descendant::"
        place = between.end() if between is not None else place
    if not written:
        raise ValueError(f"{selector!r} is no CSS selector: a part between commas is empty.")
    return f".{written}"


def _tests(found: re.Match[str]) -> list[str]:
    if found["class"] or found["id"]:
        name, value = ("class", found["class"]) if found["class"] else ("id", found["id"])
        return [(_WORDS if name == "class" else _TESTS["="]).format(name=name, value=value)]
    if not found["attribute"]:
        return []
    value = next((found[name] for name in ("quoted", "single", "bare") if found[name] is not None), "")
    if "'" in value:
        raise ValueError(f"{found[0]!r} has an apostrophe in its value.")
    return (
        [_TESTS[found["way"]].format(name=found["attribute"], value=value)]
        if found["way"]
        else [f"@{found['attribute']}"]
    )


def lasting_selectors(element: Any) -> Iterator[str]:
    """Yield selectors that may name an element on other pages of its site too."""
    if (name := element.get("id") or "") and _is_lasting(name):
        yield f"#{name}"
    yield from (f".{name}" for name in (element.get("class") or "").split() if _is_lasting(name))
    if name := element.get("itemprop"):
        yield f'[itemprop="{name}"]'


def _is_lasting(name: str) -> bool:
    return _LASTING.fullmatch(name) is not None and not _MADE.search(name)
