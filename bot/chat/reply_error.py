"""Errors whose words their asker reads."""


class ReplyError(Exception):
    """An expected end of a request; `key` names the sentence that the asker reads, and no one else if `private`."""

    def __init__(self, key: str, *, private: bool = False, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.private = private
        self.values = values
