import errno
import re
from pathlib import Path

import pytest

from bot.articles.sources import SourceError
from bot.articles.sources.safe_paths import disk_errors_converted
from bot.settings import CONFIG
from bot.texts import Texts, languages


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "source.disk_full"),
        (errno.EDQUOT, "source.disk_full"),
        (errno.EROFS, "source.disk_forbidden"),
        (errno.EACCES, "source.disk_forbidden"),
        (errno.EIO, "source.disk"),
        (None, "source.disk"),
    ],
)
def test_what_the_system_says_of_a_disk_is_said_in_the_language_of_the_replies(number: int | None, key: str) -> None:
    words = "No space left on device"
    with pytest.raises(SourceError) as caught, disk_errors_converted(Path("/srv/kept")):
        raise OSError(number, words) if number else OSError(words)
    assert caught.value.key == key
    for language in languages(CONFIG / "texts"):
        said = Texts.read(CONFIG / "texts", language)(key, **caught.value.values)
        assert words not in said
        assert "CORPUS_CACHE" in said
        assert ("/srv/kept" in said) == (key != "source.disk_full")
        assert language != "ar" or not re.search("[A-Za-z]+ [A-Za-z]+", said)
