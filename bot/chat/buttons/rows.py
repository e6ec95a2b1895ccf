"""Which buttons stand under what came of a question."""

from bot.answering import Answer, Refusal
from bot.chat.buttons.custom_id import Kind, custom_id
from bot.chat.buttons.place import place, written
from bot.chat.card import Button
from bot.chat.scope_code import scope_code
from bot.texts import Texts

Row = tuple[Button, ...]


def outcome_rows(result: Answer | Refusal, asker: int, texts: Texts, *, has_more: bool) -> tuple[Row, ...]:
    """Return the rows of buttons: reading in the first, what people make of the answer in the second."""
    delete = Button(custom_id(Kind.DELETE, str(asker)), emoji="🗑️")
    if isinstance(result, Refusal):
        # Of the rest there is nothing that anybody would want to take away.
        return ((delete,),) if result.is_of_question else ()
    places = written([place(quote) for quote in result.quotes])
    reading = [Button(custom_id(Kind.CONTEXT, places), texts("button.context"), "🔎")]
    # A button must not lead to nothing.
    if has_more:
        reading.append(Button(custom_id(Kind.MORE, scope_code(result.scope)), texts("button.more"), "📚"))
    helpful, unhelpful = (Button(custom_id(Kind.VOTE, load), emoji=emoji) for load, emoji in (("1", "👍"), ("0", "👎")))
    return tuple(reading), (helpful, unhelpful, delete)
