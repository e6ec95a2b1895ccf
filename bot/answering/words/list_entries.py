"""What every list of `config/` says of a word: for whoever wonders why a message is read as it is."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

from bot.answering.words.known_word import KnownWord, WordTable

_SAID_ELSEWHERE = frozenset(
    {
        "lexicon.dialects",
        "lexicon.everyday",
        "lexicon.function_words",
        "lexicon.known_names",
        "lexicon.thesaurus",
        "small_talk.courtesies",
    }
)


def list_entries(word: KnownWord, table: WordTable) -> Iterator[tuple[str, str]]:
    """Yield the lists that have a word, `file.list`, each with what it says of it, "" where it only has it."""
    lexicon = table.lexicon
    if word.is_news:
        yield "background.tsv", f"{word.news:g}"
    if word.is_everyday:
        yield "everyday.tsv", f"{lexicon.everyday.per_million[word.stem]:g}"
    if standard := lexicon.dialects.look_up(word.normal).standard:
        yield "dialects.toml", " ".join(standard)
    for name in lexicon.known_names.find([word.normal]):
        yield "names.toml", ", ".join(" ".join(spelling) for spelling in name.spellings)
    for tag, glossary in lexicon.glossaries.items():
        if (meanings := glossary.words.get(word.normal)) is not None:
            yield f"glossaries/{tag}.toml", " ".join(meanings)
    yield from _memberships(word, lexicon, "lexicon")


def _memberships(word: KnownWord, lists: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield the word sets and tables of a group of lists that have a word, by the names of their fields."""
    for field in fields(lists):
        value, name = getattr(lists, field.name), f"{place}.{field.name}"
        if name in _SAID_ELSEWHERE:
            continue
        forms = {word.normal, word.folded, word.spoken}
        if isinstance(value, Set) and not forms.isdisjoint(value):
            yield name, ""
        elif isinstance(value, Mapping):
            found = next((value[form] for form in sorted(forms) if form in value), None)
            if isinstance(found, str):
                yield name, str(found)
            yield from (
                (f"{name}.{key}", "")
                for key, words in value.items()
                if isinstance(words, Set) and isinstance(key, str) and not forms.isdisjoint(words)
            )
        elif is_dataclass(value):
            yield from _memberships(word, value, field.name)
