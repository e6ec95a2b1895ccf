"""Print the figures of the source tree: `python -m tests.layout`; `--lower` writes bounds.toml down to what fell."""

import sys
from pathlib import Path

import bot
from tests.layout.figures import Layout
from tests.layout.meter import BOUNDS, breaches, lines_by_room, lower, read_bounds, traced


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
    figures = lines_by_room() | traced()
    if "--lower" in sys.argv[1:]:
        BOUNDS.write_text(lower(figures, BOUNDS.read_text(encoding="utf-8")), encoding="utf-8")
    lines += [f"{count:10} {area} {name}" for area, counts in figures.items() for name, count in counts.items()]
    lines += breaches(figures, read_bounds())
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
