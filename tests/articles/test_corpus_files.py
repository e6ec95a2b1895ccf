import os
from pathlib import Path

import pytest

from bot.articles import RejectionReason
from bot.articles.corpus_files import MOST_BYTES
from tests.articles.conftest import Reading, Write
from tests.patience import PATIENCE

TEXT = "عنوان القصة\nخرج القارب من الميناء قبل الفجر."


def ids(read: Reading, path: Path) -> list[str]:
    return [article.id for article in read.corpus(path).articles]


def test_files_come_sorted_by_their_path(write: Write, read: Reading, tmp_path: Path) -> None:
    for name in ["z.txt", "a/two.txt", "a/one.TXT", "م/خبر.txt"]:
        write(name, TEXT)
    assert ids(read, tmp_path) == ["a/one", "a/two", "z", "م/خبر"]


@pytest.mark.parametrize(
    "name",
    [".hidden.txt", ".git/a.txt", ".gitkeep", "README.md", "readme.txt", "LICENSE", "LICENSE.txt", "a/photo.JPG"],
)
def test_what_is_no_article_is_passed_over(write: Write, read: Reading, tmp_path: Path, name: str) -> None:
    write(name, TEXT)
    corpus = read.corpus(tmp_path)
    assert (corpus.articles, corpus.rejections) == ((), ())


def test_a_readme_asked_for_by_name_is_read(write: Write, read: Reading) -> None:
    assert read.article(write("readme.txt", TEXT)).id == "readme"


@pytest.mark.parametrize("name", ["page.xml", "table.csv", "no-suffix", "old.txt~", "dump.json"])
def test_an_unknown_form_is_rejected(write: Write, read: Reading, tmp_path: Path, name: str) -> None:
    path = write(name, TEXT)
    assert read.rejection(tmp_path).reason is RejectionReason.UNKNOWN_FORM
    assert read.rejection(path).path == name


def test_golden_questions_below_the_top_folder_are_rejected_and_those_in_it_are_not(
    write: Write, read: Reading, tmp_path: Path
) -> None:
    write("questions.yaml", TEXT)
    write("a/questions.yml", TEXT)
    rejection = read.rejection(tmp_path)
    assert (rejection.path, rejection.reason) == ("a/questions.yml", RejectionReason.MISPLACED)


def test_a_folder_that_poses_as_an_article_is_unreadable(write: Write, read: Reading, tmp_path: Path) -> None:
    write("folder.md/inner.txt", TEXT)
    rejection = read.rejection(tmp_path)
    assert (rejection.path, rejection.reason) == ("folder.md", RejectionReason.UNREADABLE)


def test_a_link_out_of_the_corpus_is_not_followed(write: Write, read: Reading, tmp_path: Path) -> None:
    write("secret/inner.txt", TEXT)
    write("corpus/fine.txt", TEXT)
    (tmp_path / "corpus/file.txt").symlink_to(tmp_path / "secret/inner.txt")
    (tmp_path / "corpus/folder").symlink_to(tmp_path / "secret")
    corpus = read.corpus(tmp_path / "corpus")
    assert [article.id for article in corpus.articles] == ["fine"]
    assert [(rejection.path, rejection.reason) for rejection in corpus.rejections] == [
        ("file.txt", RejectionReason.UNREADABLE),
        ("folder", RejectionReason.UNREADABLE),
    ]


def test_a_link_within_the_corpus_is_followed(write: Write, read: Reading, tmp_path: Path) -> None:
    """Kubernetes mounts every file of a volume so."""
    write("..data/story.txt", TEXT)
    (tmp_path / "story.txt").symlink_to("..data/story.txt")
    assert ids(read, tmp_path) == ["story"]


def test_links_in_a_circle_end(write: Write, read: Reading, tmp_path: Path) -> None:
    write("a/story.txt", TEXT)
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "one.txt").symlink_to(tmp_path / "two.txt")
    (tmp_path / "two.txt").symlink_to(tmp_path / "one.txt")
    (tmp_path / "broken.md").symlink_to(tmp_path / "nowhere")
    corpus = read.corpus(tmp_path)
    assert [article.id for article in corpus.articles] == ["a/story"]
    assert {rejection.reason for rejection in corpus.rejections} == {RejectionReason.UNREADABLE}
    assert [rejection.path for rejection in corpus.rejections] == ["broken.md", "one.txt", "two.txt"]


def test_the_corpus_itself_may_be_a_link(write: Write, read: Reading, tmp_path: Path) -> None:
    write("real/story.txt", TEXT)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert ids(read, tmp_path / "link") == ["story"]


def test_a_name_in_no_encoding_can_be_shown(tmp_path: Path, read: Reading) -> None:
    name = b"broken-\xff\xfe.txt"
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(TEXT, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes only Unicode names")
    assert ids(read, tmp_path) == ["broken-\ufffd\ufffd"]


def test_direction_controls_in_a_name_are_dropped(write: Write, read: Reading, tmp_path: Path) -> None:
    write("a\u202ecod.exe", TEXT)
    assert read.rejection(tmp_path).path == "acod.exe"


def test_what_a_browser_saves_beside_a_page_is_passed_over(write: Write, read: Reading, tmp_path: Path) -> None:
    write("خبر.html", "")
    write("خبر_files/frame.html", "")
    write("خبر_files/script.js", "")
    write("other_files/article.txt", TEXT)
    corpus = read.corpus(tmp_path)
    assert [rejection.path for rejection in corpus.rejections] == ["خبر.html"]
    assert [article.id for article in corpus.articles] == ["other_files/article"]


@pytest.mark.parametrize("name", ["pipe.md", "pipe.txt", "pipe.jsonl"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.timeout(PATIENCE)
def test_a_named_pipe_is_unreadable_and_does_not_hang(tmp_path: Path, read: Reading, name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert read.rejection(tmp_path).reason is RejectionReason.UNREADABLE
    assert read.rejection(tmp_path / name).reason is RejectionReason.UNREADABLE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(write: Write, read: Reading) -> None:
    path = write("closed.txt", "عنوان\nنص.")
    path.chmod(0)
    assert read.rejection(path).reason is RejectionReason.UNREADABLE


def test_an_article_over_the_limit_is_not_read(write: Write, read: Reading) -> None:
    path = write("huge.txt", "")
    os.truncate(path, 50 * MOST_BYTES)
    rejection = read.rejection(path)
    assert (rejection.reason, rejection.detail) == (RejectionReason.TOO_LARGE, "200.0 MB")


@pytest.mark.slow
def test_an_article_at_the_limit_is_read(write: Write, read: Reading) -> None:
    head = "عنوان\n".encode()
    path = write("large.txt", head + b"a" * (MOST_BYTES - len(head)))
    assert len("".join(read.texts(path))) == MOST_BYTES - len(head)


def test_a_device_is_no_file(read: Reading) -> None:
    assert read.rejection(Path(os.devnull)).reason is RejectionReason.UNKNOWN_FORM


@pytest.mark.parametrize("name", ["missing.md", "no/such/folder", "nul\x00.md"])
def test_a_path_that_is_not_there_is_missing(tmp_path: Path, read: Reading, name: str) -> None:
    assert read.rejection(tmp_path / name).reason is RejectionReason.MISSING


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff", "\ufeff\r\n"])
@pytest.mark.parametrize("suffix", ["md", "txt", "jsonl"])
def test_a_file_without_content_is_empty(write: Write, read: Reading, content: str, suffix: str) -> None:
    assert read.rejection(write(f"blank.{suffix}", content)).reason is RejectionReason.EMPTY
