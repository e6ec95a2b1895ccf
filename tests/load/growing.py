"""A corpus that has another article at every reload, since one that is as it was need not be built anew."""

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class GrowingCorpus:
    """A copy of a corpus."""

    path: Path
    added: int = 0

    @classmethod
    def copy(cls, corpus: Path, path: Path) -> "GrowingCorpus":
        """Copy a directory or a file into a new directory."""
        if corpus.is_dir():
            shutil.copytree(corpus, path)
        else:
            path.mkdir()
            shutil.copy(corpus, path)
        return cls(path)

    def grow(self) -> None:
        """Add an article."""
        self.added += 1
        front = f"title: خبر الحمل رقم {self.added}\npublished: 2026-01-01"
        text = f"---\n{front}\n---\n\nنُشر هذا الخبر قبل البناء رقم {self.added}.\n"
        (self.path / f"load-{self.added}.md").write_text(text, encoding="utf-8")
