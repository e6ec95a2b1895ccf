import os
from pathlib import Path

import pytest

from tests.deployment.image import Image, NoBaseError


def test_where_no_base_image_can_be_had_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "debootstrap"
    tool.write_text("#!/bin/sh\necho 'no mirror is reached' >&2\nexit 1\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(NoBaseError, match="no mirror is reached"):
        Image(tmp_path).build()
