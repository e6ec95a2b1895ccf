"""What errors have in common that people read in the language of the replies."""


class TextError(Exception):
    """An error as a text key, with what to fill in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(" ".join([key, *(f"{name}={value}" for name, value in values.items())]))
        self.key = key
        self.values = values
