"""The records' part of `check`: whether the database can be reached and written, and the version of its tables."""

from collections.abc import Sequence

from sqlalchemy import URL

from bot.records.database import SQLITE, kind_of_database, open_engine
from bot.records.faults import Fault, fault_of, words_of
from bot.records.migration import migrate, stored_version
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
            is_known = stored_version(connection) is not None
            # Whether the tables can be made shows in a transaction that is taken back.
            if not is_known and connection.dialect.name in {SQLITE, "postgresql"}:
                migrate(connection)
            transaction.rollback()
    except Exception as error:  # noqa: BLE001 (whatever it is, `check` reports it)
        fault = fault_of(error) or Fault.UNUSABLE
        said = CheckResult("records.said", is_problem=True, values={"words": words_of(error, url.password)})
        return [CheckResult(f"records.fault.{fault}", is_problem=True), said]
    finally:
        engine.dispose()
    return [CheckResult("records.check_fine" if is_known else "records.check_new", values={"kind": kind})]
