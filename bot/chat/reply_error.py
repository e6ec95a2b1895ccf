"""The error whose text its asker reads."""


class ReplyError(Exception):
    """An expected end of a request; `key` names the text that the asker reads, in private if `private`."""

    def __init__(self, key: str, *, private: bool = False, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.private = private
        self.values = values
