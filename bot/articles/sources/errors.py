"""What a source raises when it cannot give articles."""


class SourceError(Exception):
    """Why articles could not be fetched: a text key, with what to fill in; never a token or a signed address."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(" ".join([key, *(f"{name}={value}" for name, value in values.items())]))
        self.key = key
        self.values = values
