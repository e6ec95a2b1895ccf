from pathlib import Path

from bot.ops.memory import resident_bytes


def test_memory_is_told_apart_by_its_backing(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text("Name:\tpython\nVmRSS:\t   80 kB\nRssAnon:\t   50 kB\nRssFile:\t   30 kB\nRssShmem:\t    0 kB\n")
    assert resident_bytes(status) == {"anonymous": 50 * 1024, "file": 30 * 1024}


def test_where_there_is_no_such_file_nothing_is_told(tmp_path: Path) -> None:
    assert resident_bytes(tmp_path / "status") == {}
