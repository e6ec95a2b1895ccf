"""The command `words`: how each word of a message is read, and which lists have it, as lines or as a JSON record."""

from bot.answering import Knowledge
from bot.answering.question import analyse_message, clean
from bot.answering.words import MessageWords, list_entries
from bot.console.arguments import Arguments
from bot.console.terminal import Terminal


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
