"""The error whose text its asker reads."""

from bot.errors import TextError


class ReplyError(TextError):
    """An expected end of a request; `key` names the text that the asker reads, in private if `private`."""

    def __init__(self, key: str, *, private: bool = False, **values: object) -> None:
        super().__init__(key, **values)
        self.private = private

    def __str__(self) -> str:
        """Return the key alone: the values may hold words of a question, which no log may have."""
        return self.key
