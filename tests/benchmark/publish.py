"""Make the archive of the benchmark to publish: `python -m tests.benchmark.publish FOLDER`.

It is the same byte for byte each time: JSON Lines with the scorer and the card, what a system is asked without its
answers, the track with a passage given in the form of SQuAD 2.0, metadata in Croissant, and sums. Tables in Parquet
come beside it where pyarrow is installed, whose versions write other bytes.
"""

import hashlib
import importlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmark.baselines import DATA
from tests.benchmark.score import PARTS, read_lines

HERE = Path(__file__).parent
BESIDE = ("README.md", "score.py")
SUMS = "SHA256SUMS"
# The first day that a zip file can name.
_DAY = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_NO_PARQUET = "No tables in Parquet: pyarrow is not installed."


def published_files(data: Path) -> dict[str, bytes]:
    """Return what is in the archive by name, in order, the sums last."""
    about = json.loads((data / "set.json").read_text(encoding="utf-8"))
    files = {file.relative_to(data).as_posix(): file.read_bytes() for file in data.rglob("*") if file.is_file()}
    files |= {name: (HERE / name).read_bytes() for name in BESIDE}
    files["COPYING"] = (HERE.parents[1] / "LICENSE").read_bytes()
    titles = {record["id"]: record for _, record in read_lines(data / "articles.jsonl")}
    for part in PARTS:
        questions = [record for _, record in read_lines(data / part / "questions.jsonl")]
        files[f"{part}/inputs.jsonl"] = _json_lines(
            {key: record[key] for key in ("id", "question", "article_id")} for record in questions
        )
        files[f"{part}/squad.json"] = _json(squad(about, questions, titles))
    files["croissant.json"] = _json(croissant(about, files))
    ordered = {name: files[name] for name in sorted(files)}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in ordered.items())
    return {**ordered, SUMS: sums.encode()}


def _json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _json_lines(records: Iterator[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def squad(
    about: Mapping[str, Any], questions: Sequence[Mapping[str, Any]], articles: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the questions with a passage given in the form of SQuAD 2.0; a context is an article, a line a paragraph.

    Source: P. Rajpurkar, R. Jia, P. Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD", 2018.
    """
    given: dict[str, list[dict[str, Any]]] = {}
    for record in questions:
        if name := record["article_id"]:
            answers = [
                {"text": answer["text"], "answer_start": _start(articles[name]["paragraphs"], answer)}
                for answer in record["answers"]
                if answer["article_id"] == name
            ]
            row = {"id": record["id"], "question": record["question"], "is_impossible": not answers, "answers": answers}
            given.setdefault(name, []).append(row)
    rows = [
        {
            "title": articles[name]["title"],
            "paragraphs": [{"context": "\n".join(articles[name]["paragraphs"]), "qas": qas}],
        }
        for name, qas in sorted(given.items())
    ]
    return {"version": f"{about['name']} {about['version']}", "data": rows}


def _start(paragraphs: Sequence[str], answer: Mapping[str, Any]) -> int:
    start: int = answer["start"]
    return start + sum(len(text) + 1 for text in paragraphs[: answer["paragraph"]])


_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_COLUMNS = ("id", "core", "form", "question", "kind", "unanswerable", "reason", "article_id")


def croissant(about: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the metadata of the archive in Croissant 1.0, its JSON Lines with their sums."""
    names = sorted(name for name in files if name.endswith(".jsonl"))
    fields = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about["name"],
        "description": about["description"],
        "version": about["version"],
        "license": about["license"],
        "url": about["url"],
        "datePublished": about["released"],
        "inLanguage": "ar",
        "citeAs": about["citation"],
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": name,
                "name": name,
                "contentUrl": name,
                "contentSize": f"{len(files[name])} B",
                "encodingFormat": "application/jsonlines",
                "sha256": hashlib.sha256(files[name]).hexdigest(),
            }
            for name in names
        ],
        "recordSet": [_record_set(part) for part in PARTS],
    }
    return {name: value for name, value in fields.items() if value is not None}


def _record_set(part: str) -> dict[str, Any]:
    file = f"{part}/questions.jsonl"
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{part}/{column}",
            "name": column,
            "dataType": "sc:Text",
            "source": {"fileObject": {"@id": file}, "extract": {"column": column}},
        }
        for column in _COLUMNS
    ]
    return {"@type": "cr:RecordSet", "@id": part, "name": part, "field": fields}


def write_archive(folder: Path, data: Path = DATA) -> Path:
    """Write the archive, uncompressed since libraries compress otherwise, with its sum beside it; return its file."""
    files = published_files(data)
    about = json.loads(files["set.json"])
    name = f"{about['name'].lower()}-{about['version']}"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for inner, content in files.items():
            entry = zipfile.ZipInfo(f"{name}/{inner}", _DAY)
            entry.create_system, entry.external_attr = 3, _MODE
            archive.writestr(entry, content)
    file.with_suffix(".zip.sha256").write_text(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n", "utf-8"
    )
    return file


def write_tables(folder: Path, data: Path = DATA) -> list[Path]:
    """Write articles and questions as tables in Parquet; raise ModuleNotFoundError without pyarrow."""
    table, parquet = importlib.import_module("pyarrow").Table, importlib.import_module("pyarrow.parquet")
    written = []
    for name in ("articles.jsonl", *(f"{part}/questions.jsonl" for part in PARTS)):
        file = folder / name.replace("/", "-").replace(".jsonl", ".parquet")
        parquet.write_table(table.from_pylist([record for _, record in read_lines(data / name)]), file)
        written.append(file)
    return written


def main(arguments: Sequence[str], write: Callable[[str], object] = sys.stdout.write) -> None:
    """Write the archive, and the tables where they can be, and name them."""
    folder, data = Path(arguments[0]), Path(arguments[1]) if arguments[1:] else DATA
    write(f"{write_archive(folder, data)}\n")
    try:
        write("".join(f"{file}\n" for file in write_tables(folder, data)))
    except ModuleNotFoundError:
        write(_NO_PARQUET + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
