"""Live a year with the bot: `python -m tests.year [--weeks N] [--seed N] [--database sqlite|postgresql]`.

Two made-up newspapers publish, correct, withdraw and break while members ask and moderators read; the program is
killed now and then, and its clock moves by weeks. Exit code 1 where something withdrawn or a reader's comment was
quoted, or somebody was told wrongly, twice or not at all.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.articles.page_server import page_server
from tests.discord_server import DiscordServer
from tests.postgres import NoPostgresError, postgres_server
from tests.scenarios import scenario_parser
from tests.year.clock import DAY, Calendar
from tests.year.happenings import WEEKS
from tests.year.life import Life
from tests.year.report import as_text, is_good
from tests.year.site import Newspaper
from tests.year.year import Year

_OUTLETS = ("جريدة المنارة", "وكالة الضفاف")
_DATABASES = ("sqlite", "postgresql")


def main() -> None:
    """Read the arguments, live, and print the tables."""
    parser = scenario_parser("year", __doc__)
    parser.add_argument("--weeks", type=int, default=WEEKS, help=f"how long (default: {WEEKS})")
    parser.add_argument("--seed", type=int, default=1, help="what all is drawn from (default: 1)")
    parser.add_argument("--database", choices=_DATABASES, help="of the records (default: one after the other)")
    given = parser.parse_args()
    good = True
    for database in [given.database] if given.database else _DATABASES:
        began = time.monotonic()
        try:
            year = asyncio.run(_live(database, given.weeks, given.seed))
        except NoPostgresError as error:
            sys.stdout.write(f"{database}: not lived, {error}\n")
            continue
        sys.stdout.write(as_text(year, database, time.monotonic() - began) + "\n")
        good = good and is_good(year)
    sys.exit(0 if good else 1)


async def _live(database: str, weeks: int, seed: int) -> Year:
    chance = random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder, _store(database, Path(folder)) as address:
        home = Path(folder)
        calendar = Calendar(home / "clock", -(weeks + 1) * 7 * DAY)
        with page_server() as first, page_server() as second:
            papers = (Newspaper(_OUTLETS[0], first, calendar), Newspaper(_OUTLETS[1], second, calendar))
            corpus = ",".join(source for paper in papers for source in paper.sources)
            async with DiscordServer(checked_every=20) as server:
                life = Life(server, calendar, corpus, address, home, chance)
                year = Year(life, papers, weeks, chance)
                try:
                    await year.live()
                finally:
                    await life.stop()
    return year


@contextmanager
def _store(database: str, home: Path) -> Iterator[str]:
    """Yield the address of a database for the records."""
    if database == "sqlite":
        yield f"sqlite:///{home / 'records.sqlite'}"
        return
    with postgres_server() as server, server.database() as url:
        yield url.set(drivername="postgres").render_as_string(hide_password=False)


if __name__ == "__main__":
    main()
