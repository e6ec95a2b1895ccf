import json
from pathlib import Path

from bot.articles import BoilerplatePhrases
from tests.articles.html.ablation import EVERYTHING, STEPS, measure, table
from tests.articles.html.gold import own_pages, pages_of

TEXT = "قالت البلدية إن العمل في الجسر انتهى، وإنه مفتوح للمشاة والسيارات."
PAGE = f"<html><body><article><h1>الجسر القديم</h1><p>{TEXT}</p><p>شاهد أيضاً: السوق الجديد</p></article></body></html>"


def test_every_step_together_reads_the_own_pages_right(phrases: BoilerplatePhrases) -> None:
    found = measure(own_pages(), phrases)
    for name in ("kept", "order", "headings", "title", "author"):
        assert found[EVERYTHING][name] == found[EVERYTHING][f"{name} of"] > 0, name
    assert (found[EVERYTHING]["foreign"], found[EVERYTHING]["repeated"]) == (0, 0)
    assert found["navigation phrases"]["foreign"] > 0


def test_pages_are_read_in_every_form(phrases: BoilerplatePhrases, tmp_path: Path) -> None:
    whole, parts = (tmp_path / name for name in ("whole", "parts"))
    for folder in (whole / "bridge", parts / "eval"):
        folder.mkdir(parents=True)
    (whole / "bridge" / "source.html").write_text(PAGE, encoding="utf-8")
    (whole / "bridge" / "expected.html").write_text(f"<div><p>{TEXT}</p></div>", encoding="utf-8")
    (whole / "bridge" / "expected-metadata.json").write_text('{"title": "الجسر القديم"}', encoding="utf-8")
    (parts / "eval" / "bridge.html").write_text(PAGE, encoding="utf-8")
    known = {"file": "bridge.html", "with": ["إن العمل في الجسر انتهى"], "without": ["السوق الجديد"]}
    (parts / "evaldata.json").write_text(json.dumps({"https://a.example/": known}), encoding="utf-8")
    for folder in (whole, parts):
        figures = measure(pages_of(folder), phrases)[EVERYTHING]
        assert (figures["kept"], figures["kept of"], figures["foreign"]) == (1, 1, 0), folder
        assert figures["foreign of"] >= 1, folder


def test_a_table_has_a_line_for_each_step(phrases: BoilerplatePhrases) -> None:
    assert table(measure([], phrases)).count("\n") == len(STEPS) + 1
