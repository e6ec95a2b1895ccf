"""The base of errors that people read: a text key with values."""


class TextError(Exception):
    """An error as the key of a reply text and the values of its placeholders.

    `texts.error_text` renders it in the language of the replies; as a string it is a line for the log, in no language.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(" ".join([key, *(f"{name}={value}" for name, value in values.items())]))
        self.key = key
        self.values = values
