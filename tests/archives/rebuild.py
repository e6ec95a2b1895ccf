"""Make an archive that question sets are about anew: `python -m tests.archives.rebuild NAME CHECKOUT FILE`.

`network` and `daily` are the folders `raw_data/jazeera` (science, economy, culture, politics) and `raw_data/hespress`
of github.com/vulca1n/arabic-news-articles-clustering, scraped in May and June 2022, an article a file: its title, a
blank line, its paragraphs joined by blanks. The repository states no licence, so no text of it is kept here. Marks of
direction are left out, short and repeated articles too, and texts are split at ends of sentences into paragraphs of
about 60 to 120 words. CHECKOUT is the repository or its git directory; the sum of what is made is checked.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of the repository with its sections in order, the prefix of its ids, and the sum of what is made."""

    prefix: str
    folder: str
    sections: tuple[str, ...]
    sha256: str


COMMIT = "4a1a4e2c711e2185199e96e2af1cb34cb513f26a"
ARCHIVES = {
    "network": Archive(
        "aljazeera",
        "raw_data/jazeera/",
        ("science", "economy", "culture", "politics"),
        "4074ebad0ebeec08da29f3bef5b3fa41de443dc2cfe31b42b9dbf851347faf12",
    ),
    "daily": Archive(
        "hespress",
        "raw_data/hespress/",
        ("politics", "economy", "culture", "tamazight"),
        "e19229d3c1642eb9e473f376d56fd6aeb4fb5908d20fbf42caf43266e526b93e",
    ),
}
_LEAST_WORDS = 60
_LOW, _HIGH, _TAIL, _LONG = 60, 120, 25, 150
_LEAST_ARABIC = 0.7
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SENTENCE_END = re.compile(r"(?<=[.!?؟…])([»”\"')\]]*)\s+")
_COMMA = re.compile(r"(?<=[،,؛;])\s+")
_INITIAL = re.compile(r"(?:^|[\s(«“\"])[^\W\d_]{1,2}\.$")
_ARABIC = re.compile("[\u0621-\u064a]")


def read_source(path: Path, folder: str) -> dict[str, str]:
    """Return the text of every file of a folder, by its path within the repository, at the commit or as checked out."""
    git = ["git", "-c", "safe.directory=*", "-C", str(path)]
    if subprocess.run([*git, "cat-file", "-e", COMMIT], capture_output=True, check=False).returncode:  # noqa: S603
        files = sorted((path / folder).rglob("*.txt"))
        return {file.relative_to(path).as_posix(): file.read_bytes().decode("utf-8-sig") for file in files}
    listed = _told([*git, "ls-tree", "-r", "-z", COMMIT, folder])
    entries = [line.split(b"\t") for line in listed.split(b"\0") if line.endswith(b".txt")]
    wanted = b"".join(meta.split()[2] + b"\n" for meta, _ in entries)
    told = _told([*git, "cat-file", "--batch"], wanted)
    texts, at = dict[str, str](), 0
    for _, name in entries:
        start = told.index(b"\n", at) + 1
        end = start + int(told[at:start].split()[2])
        texts[name.decode()] = told[start:end].decode("utf-8-sig")
        at = end + 1
    return texts


def _told(command: Sequence[str], given: bytes = b"") -> bytes:
    return subprocess.run(command, input=given, capture_output=True, check=True).stdout  # noqa: S603 - git, by arguments


def _tidy(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


def _sentences(line: str) -> Iterator[str]:
    """Split a line at its ends of sentences, not after an initial such as «د.», and a long sentence at its commas."""
    start, found = 0, list[str]()
    for end in _SENTENCE_END.finditer(line):
        piece = line[start : end.end(1)]
        if not _INITIAL.search(piece):
            found.append(piece.strip())
            start = end.end()
    for sentence in filter(None, (*found, line[start:].strip())):
        yield from _COMMA.split(sentence) if len(sentence.split()) > _LONG else [sentence]


def _paragraphs(body: str) -> list[str]:
    groups, words = list[list[str]](), 0
    for piece in (sentence for line in body.splitlines() for sentence in _sentences(_tidy(line))):
        size = len(piece.split())
        if not groups or words >= _LOW or (words + size > _HIGH and words >= _TAIL):
            groups.append([])
            words = 0
        groups[-1].append(piece)
        words += size
    if len(groups) > 1 and sum(len(piece.split()) for piece in groups[-1]) < _TAIL:
        groups[-2].extend(groups.pop())
    return [" ".join(group) for group in groups]


def _is_arabic(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > 0 and len(_ARABIC.findall(text)) >= _LEAST_ARABIC * letters


def lines(texts: Mapping[str, str], archive: Archive) -> Iterator[str]:
    """Yield the archive's articles, one a line, by section and number."""
    numbered = [(*name.removeprefix(archive.folder).removesuffix(".txt").split("/"), name) for name in texts]
    seen = set[str]()
    for section, number, name in sorted(numbered, key=lambda one: (archive.sections.index(one[0]), int(one[1]))):
        head, _, body = texts[name].partition("\n")
        title, parts = _tidy(head), _paragraphs(body)
        whole = " ".join(parts)
        keys = {whole, f"{title}\n{whole[:200]}"}
        if not title or len(whole.split()) < _LEAST_WORDS or not _is_arabic(whole) or keys & seen:
            continue
        seen |= keys
        own = f"{archive.prefix}-{section}-{int(number):04d}"
        record = {"id": own, "title": title, "url": None, "date": None, "paragraphs": parts}
        yield json.dumps(record, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Write an archive, and fail where its sum is another."""
    archive = ARCHIVES[arguments[0]]
    data = "".join(lines(read_source(Path(arguments[1]), archive.folder), archive)).encode()
    Path(arguments[2]).write_bytes(data)
    found = hashlib.sha256(data).hexdigest()
    sys.stdout.write(f"{data.count(10)} articles, sha256 {found}\n")
    if found != archive.sha256:
        sys.exit(f"The sum should be {archive.sha256}")


if __name__ == "__main__":
    main(sys.argv[1:])
