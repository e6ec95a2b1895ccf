"""CORPUS_URL as a list of sources: one address, several with commas between them, or a TOML file that lists them."""

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.articles.characters import one_line
from bot.articles.marks import fold
from bot.articles.origins import ALL_ENTRIES, EntryFilter, EntryMatch
from bot.articles.sources.address import SourceKind, read_address, shown_url
from bot.articles.sources.safe_paths import for_display
from bot.articles.sources.source import SourceError
from bot.articles.validation import host_of, site_of

_LONGEST_OUTLET = 500  # characters, as in the files of articles
_MOST = 200  # chosen: each is asked at every reload
_FILTERS = ("only", "without")
_FIELDS = frozenset({"url", "outlet", "hosts", *_FILTERS})
_OF_ADDRESS = {"source.insecure": "corpus_part_insecure", "source.credentials": "corpus_part_credentials"}
# A label stands before the first = of an address that has a scheme: of a path the sign may be a part.
_LABELLED = re.compile(r"([^=]*?)=(\s*[A-Za-z][A-Za-z0-9+.-]*://.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source of the list: its address, the outlet of its articles, and further hosts of that outlet.

    All articles of a feed are of the outlet; of other sources, those that name none. `taken` says which entries of a
    feed are fetched.
    """

    url: str
    outlet: str | None = None
    hosts: tuple[str, ...] = ()
    taken: EntryFilter = ALL_ENTRIES

    @property
    def sites(self) -> frozenset[str]:
        """The sites of the address and the hosts."""
        links = (self.url, *(f"https://{host}" for host in self.hosts))
        return frozenset(site for link in links if (site := site_of(link)))


class SourceEntryError(ValueError):
    """A list of sources that cannot be used: the key of the reason, and the part at fault without what is secret."""

    def __init__(self, key: str, part: str) -> None:
        super().__init__(key)
        self.key = key
        self.part = part


def read_entries(value: str, *, allow_private: bool) -> tuple[SourceEntry, ...]:
    """Read the sources of CORPUS_URL; raise SourceEntryError, and SourceError where a single one is of no use."""
    if "://" not in value and value.endswith(".toml"):
        entries = list(_listed(Path(value)))
    elif "," in value and not ("://" not in value and Path(value).exists()):
        entries = [_labelled(part) for part in map(str.strip, value.split(",")) if part]
    else:
        entries = [_labelled(value)]
        read_address(entries[0].url, allow_private=allow_private)
        _check_outlet(entries[0], 1)
        return tuple(entries)
    if not 0 < len(entries) <= _MOST:
        raise SourceEntryError("corpus_list_length", str(_MOST))
    _check(entries, allow_private=allow_private)
    return tuple(entries)


def _labelled(part: str) -> SourceEntry:
    match = _LABELLED.fullmatch(part)
    # What stands behind a scheme may hold any sign: https://host/?next=https://…
    if match is None or "://" in match[1]:
        return SourceEntry(part)
    return SourceEntry(match[2].strip(), one_line(match[1]))


def _listed(file: Path) -> Iterator[SourceEntry]:
    """Read a TOML file of `[[source]]` tables with `url` and, where they are wanted, what else `_FIELDS` has."""
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        # An error of the system goes by its name, which is of no language.
        words = type(error).__name__ if isinstance(error, OSError) else one_line(str(error))
        raise SourceEntryError("corpus_list", f"{file.name}: {words}") from error
    tables = content.get("source")
    if not isinstance(tables, list) or content.keys() != {"source"}:
        raise SourceEntryError("corpus_list", f"{file.name}: [[source]]")
    for number, table in enumerate(tables, 1):
        if not _is_entry(table):
            raise SourceEntryError("corpus_list_entry", f"{file.name}, [[source]] {number}")
        url, outlet = str(table["url"]).strip(), table.get("outlet")
        # A path counts from where the list is.
        url = url if "://" in url else os.path.normpath(file.parent / url)
        hosts = tuple(host.strip().lower() for host in table.get("hosts", ()))
        try:
            taken = EntryFilter(*(_match(table.get(name, {})) for name in _FILTERS))
        except ValueError as error:
            raise SourceEntryError("corpus_part_filter", f"{file.name}, [[source]] {number}: {error}") from None
        yield SourceEntry(url, None if outlet is None else one_line(str(outlet)), hosts, taken)


def _match(table: object) -> EntryMatch:
    """Read what a filter names, lists of texts by kind; raise ValueError that holds what cannot be used."""
    if not isinstance(table, Mapping):
        raise ValueError(f"{table!r}")  # noqa: TRY004 (the file is wrong)
    for kind, texts in table.items():
        is_list = kind in {"path", "section", "words"} and isinstance(texts, list) and texts
        if not is_list or not all(isinstance(text, str) and fold(text) for text in texts):
            raise ValueError(f"{kind} = {texts!r}")
    return EntryMatch(**{kind: tuple(map(one_line, texts)) for kind, texts in table.items()})


def _is_entry(table: object) -> bool:
    if not isinstance(table, Mapping) or not table.keys() <= _FIELDS or not str(table.get("url", "")).strip():
        return False
    hosts = table.get("hosts", [])
    texts = [value for name, value in table.items() if name not in {"hosts", *_FILTERS}]
    return isinstance(hosts, list) and all(isinstance(text, str) for text in (*texts, *hosts))


def _check(entries: Iterable[SourceEntry], *, allow_private: bool) -> None:
    seen = set[tuple[str, str]]()
    for number, entry in enumerate(entries, 1):
        _check_outlet(entry, number)
        try:
            address = read_address(entry.url, allow_private=allow_private)
        except SourceError as error:
            key = _OF_ADDRESS.get(error.key, "corpus_part_bad_address")
            raise SourceEntryError(key, described(entry, number)) from None
        for host in entry.hosts:
            # A host alone, without scheme, port or path; of a folder or a store it would say nothing.
            is_host = "." in host_of(f"https://{host}") and not set("/:@?#\\") & {*host}
            if not is_host or address.kind is not SourceKind.ARCHIVE:
                raise SourceEntryError("corpus_part_hosts", f"{described(entry, number)} ({for_display(host)})")
        if entry.taken != ALL_ENTRIES and address.kind is not SourceKind.ARCHIVE:
            raise SourceEntryError("corpus_part_filter", described(entry, number))
        is_local = address.kind is SourceKind.LOCAL
        # The rest of an address that a comma cut in two is no path; a disk may be mounted later.
        if is_local and not ({"/", os.sep} & {*address.url} or address.path.exists()):
            raise SourceEntryError("corpus_part_bad_address", described(entry, number))
        place = str(address.path.resolve()) if is_local else address.url, address.folder.as_posix()
        if place in seen:
            raise SourceEntryError("corpus_part_twice", described(entry, number))
        seen.add(place)


def _check_outlet(entry: SourceEntry, number: int) -> None:
    if entry.outlet is not None and not 0 < len(entry.outlet) <= _LONGEST_OUTLET:
        raise SourceEntryError("corpus_part_outlet", described(SourceEntry(entry.url), number))


def described(entry: SourceEntry, number: int) -> str:
    """Name an entry by its number, outlet and address, without a user, a password or a query."""
    try:
        parts = urlsplit(entry.url)
        address = shown_url(parts) if parts.scheme and parts.netloc else entry.url
    except ValueError:
        address = ""
    return " ".join(filter(None, [f"#{number}", entry.outlet, one_line(address.partition("?")[0])]))
