"""The command `words`: how each word of a message is read, and which lists have it, as lines or as a JSON record."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

from bot.answering import Knowledge
from bot.answering.question import analyse_message, clean
from bot.answering.words import KnownWord, MessageWords, WordTable
from bot.console.arguments import Arguments
from bot.console.terminal import Terminal

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


def report_words(usage: Arguments, knowledge: Knowledge, terminal: Terminal) -> int:
    """Show each word of the message that was typed with its roles and lists; return exit code 0, or 2 without words."""
    text = knowledge.questions.tokenise(clean(usage.question).text)
    if not text.words:
        terminal.warn("words.none")
        return 2
    kinds, table = MessageWords(text).kinds, text.table
    core = analyse_message(text.text, knowledge.questions).text.text
    read = [
        (text.written(word), known, kind.name.lower(), dict(list_entries(known, table)))
        for word, known, kind in zip(text.words, text.known, kinds, strict=True)
    ]
    if usage.as_json:
        names = ("written", "normal", "stem", "kind", "roles", "lists")
        words = [
            dict(zip(names, (written, known.normal, known.stem, kind, known.roles, lists), strict=True))
            for written, known, kind, lists in read
        ]
        terminal.json({"message": text.text, "language": text.language, "core": core, "words": words})
        return 0
    terminal.say("words.core", text=core)
    for written, known, kind, lists in read:
        terminal.item(f"{written}  ", f"{known.normal} · {known.stem}", f"{kind}: {', '.join(known.roles)}")
        for name, value in lists.items():
            terminal.item("    ", name, value)
    return 0


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
        forms = {word.normal, word.spoken}
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
