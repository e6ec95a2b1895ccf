"""What a release has as a wheel answers wherever it is installed, from nothing but what is in it."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.e2e.program import ROOT
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow
QUESTION = "كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟"


def run(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command without what this machine sets, but for what leads to where packages come from."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "HOME", "UV_", "SSL_"))}
    return subprocess.run(  # noqa: S603
        [*map(str, command)], cwd=folder, env=kept, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel out of the sdist, as a release builds them."""
    built = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "uv", "build", "--out-dir", built)
    tries = [run(*build, *offline) for offline in ((), ("--offline",))]
    if all("hatchling" in done.stderr and done.returncode for done in tries) and not [*built.glob("*.tar.gz")]:
        pytest.skip(f"what builds packages cannot be had here: {tries[-1].stderr[-300:]}")
    assert 0 in {done.returncode for done in tries}, tries[0].stderr
    assert len([*built.glob("*.tar.gz")]) == 1
    [wheel] = built.glob("*.whl")
    return wheel


def test_the_wheel_answers_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    venv.create(home, with_pip=True)
    # What it needs is that of this environment: no package is fetched.
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    installed = run(home / "bin" / "pip", "install", "--quiet", "--no-deps", "--no-index", wheel)
    assert installed.returncode == 0, installed.stderr
    asked = run(home / "bin" / "isnad", "ask", QUESTION, folder=elsewhere)
    assert asked.returncode == 0, asked.stderr
    assert "30 مليون دولار" in asked.stdout
    where = run(home / "bin" / "python", "-c", "from bot import CONFIG; print(CONFIG)", folder=elsewhere)
    assert Path(where.stdout.strip()).is_relative_to(home)
