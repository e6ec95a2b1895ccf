"""The records' part of `check`: whether the database can be reached and written, and the version of its tables."""

from collections.abc import Sequence

from sqlalchemy import URL, Connection

from bot.records.database import open_engine
from bot.records.database_url import SQLITE, kind_of_database
from bot.records.faults import Fault, fault_of, words_of
from bot.records.migration import known_versions, migrate, stored_version
from bot.records.sqlite_file import check_file, sqlite_file
from bot.texts import CheckResult


def inspect_records(url: URL) -> Sequence[CheckResult]:
    """Look into the database as a start would, and leave it as it is."""
    kind = kind_of_database(url)
    file = sqlite_file(url)
    if file is not None and not file.path.exists():
        fine = CheckResult("records.check_new", values={"kind": kind})
        return [fine if file.can_begin else CheckResult(f"records.fault.{Fault.READ_ONLY}", is_problem=True)]
    engine = open_engine(url)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            if file is not None:
                check_file(connection)
            key = _look(connection)
            transaction.rollback()
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told)
        fault = fault_of(error) or Fault.UNUSABLE
        said = CheckResult("records.said", is_problem=True, values={"words": words_of(error, url.password)})
        return [CheckResult(f"records.fault.{fault}", is_problem=True), said]
    finally:
        engine.dispose()
    return [CheckResult(key, values={"kind": kind})]


def _look(connection: Connection) -> str:
    """Return the key of the text on the tables; try whether they can be made, in a transaction that is taken back."""
    if stored_version(connection) == known_versions()[-1]:
        return "records.check_fine"
    if connection.dialect.name in {SQLITE, "postgresql"}:
        migrate(connection)
    return "records.check_new"
