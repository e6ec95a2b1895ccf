import pytest

from bot import __version__
from tests.deployment.release import main, notes_of

TEXT = "# Changelog\n\n## 1.1.0 (2026-12-01)\n\n- New.\n\n## [1.0.0]\n\n- Old.\n\n## 0.9.0\n"


def test_the_notes_are_the_section_of_the_version() -> None:
    assert notes_of("1.1.0", TEXT) == "- New."
    assert notes_of("1.0.0", TEXT) == "- Old."


@pytest.mark.parametrize("version", ["0.9.0", "2.0.0", "1.1"])
def test_a_version_without_notes_is_no_release(version: str) -> None:
    with pytest.raises(LookupError):
        notes_of(version, TEXT)


def test_the_tag_must_be_that_of_the_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main("v99.0.0") == 1
    assert __version__ in capsys.readouterr().err


def test_this_version_has_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(f"v{__version__}") == 0
    assert "\n- " in capsys.readouterr().out
