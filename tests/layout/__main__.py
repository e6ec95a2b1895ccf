"""Print the figures of the source tree: `python -m tests.layout`."""

import sys
from pathlib import Path

import bot
from tests.layout.figures import Layout


def main() -> None:
    """Print them."""
    layout = Layout(Path(bot.__file__).parent)
    lines = [
        f"files      {len(layout.files)}",
        f"lines      {layout.median_lines:g} in the median",
        *(f"{count:10} {folder}" for folder, count in sorted(layout.folders.items())),
        f"doubles    {', '.join(layout.doubles) or 'none'}",
        f"misnamed   {', '.join(layout.misnamed) or 'none'}",
        f"circle     {' > '.join(layout.circle) or 'none'}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
