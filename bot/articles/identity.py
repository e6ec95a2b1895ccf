"""Makes the ids that articles keep while their text changes."""

import hashlib
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from bot.articles.article import RejectionReason
from bot.articles.cleaning import one_line
from bot.articles.errors import ArticleError

_LONGEST_ID = 200
_DIGEST_CHARACTERS = 16


def id_from_name(name: str) -> str:
    """Take a file's name in the corpus, without suffix, as its id; file systems differ in normal form."""
    return unicodedata.normalize("NFC", PurePosixPath(name).with_suffix("").as_posix())


def id_from_record(record: Mapping[str, object]) -> str:
    """Take a record's own id, or else make one from its link, or else from its title and date."""
    given = record.get("id")
    if given is None:
        return _digest(record.get("url") or [record.get("title"), record.get("date")])
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise ArticleError(RejectionReason.BAD_FIELD, detail="id")
    text = one_line(str(given))
    if not text or len(text) > _LONGEST_ID:
        raise ArticleError(RejectionReason.BAD_FIELD, detail="id")
    return text


def _digest(source: object) -> str:
    data = repr(source).encode("utf-8", errors="surrogatepass")
    return hashlib.sha256(data).hexdigest()[:_DIGEST_CHARACTERS]
