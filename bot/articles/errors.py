"""What a reader raises when a file, or a line of one, gives no article."""

from bot.articles.article import Rejection, RejectionReason


class ArticleError(Exception):
    """One reason for a rejection; the corpus adds the path, and `field` is that of the article where one is wrong."""

    def __init__(self, reason: RejectionReason, line: int | None = None, detail: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.detail = detail
        self.field = field

    def at(self, path: str) -> Rejection:
        """Name the file that this happened in."""
        return Rejection(path, self.reason, self.line, self.detail)
