"""A PostgreSQL server for the tests: Debian's package, started on loopback in a folder of its own."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

from tests.leash import end_with_parent
from tests.machine import free_port
from tests.patience import PATIENCE, wait_until

_DEBIAN = Path("/usr/lib/postgresql")
_ACCOUNTS = ("postgres", "nobody")
USER, PASSWORD = "isnad", "p@ss/w:rd #1"
_TRIES = 3


class NoPostgresError(Exception):
    """No server can be had here; the message says why."""


class PostgresServer:
    """A server on a port of loopback, whose one user may make databases."""

    def __init__(self) -> None:
        """Make its files; raise NoPostgresError."""
        self._programs = _programs()
        self._account = _account()
        self._folder = Path(tempfile.mkdtemp(prefix="isnad-postgres-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0
        password = self._folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        for path in (self._folder, password):
            os.chown(path, *self._account or (-1, -1))
        self._run(
            "initdb",
            f"--pgdata={self._folder / 'data'}",
            f"--username={USER}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )

    def start(self) -> None:
        """Start the server on a free port, the same one when it starts again, and wait until it replies."""
        for _ in range(_TRIES):
            port = self.port or free_port()
            options = ["-cfull_page_writes=off", f"-cport={port}", "-clisten_addresses=127.0.0.1"]
            options.append("-cunix_socket_directories=")
            with (self._folder / "log").open("ab") as log:
                self._process = process = subprocess.Popen(  # noqa: S603
                    # Nothing is to outlive a power cut.
                    [
                        self._programs / "postgres",
                        "-D",
                        self._folder / "data",
                        "-F",
                        *options,
                    ],
                    stdout=log,
                    stderr=log,
                    cwd=self._folder,
                    preexec_fn=partial(end_with_parent, os.getpid()),  # noqa: PLW1509 (it calls the system alone)
                    **self._as_account(),
                )
            if _replies(process, port):
                self.port = port
                return
        raise NoPostgresError((self._folder / "log").read_text(encoding="utf-8", errors="replace")[-500:])

    def stop(self) -> None:
        """End the server at once, as a fault of its machine would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE)
            self._process = None

    def close(self) -> None:
        """End the server and remove its files."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str = "postgres", port: int | None = None) -> URL:
        """Return the address of a database, or of the same through another port."""
        return URL.create("postgresql+psycopg", USER, PASSWORD, "127.0.0.1", port or self.port, database)

    @contextmanager
    def database(self) -> Iterator[URL]:
        """Make an empty database, and remove it."""
        name = f"test_{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name}")
        yield self.url(name)
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement in a database."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603
            [self._programs / program, *arguments],
            capture_output=True,
            text=True,
            cwd=self._folder,
            check=False,
            **self._as_account(),
        )
        if done.returncode:
            raise NoPostgresError(done.stderr[-500:])

    def _as_account(self) -> dict[str, Any]:
        if self._account is None:
            return {}
        user, group = self._account
        return {"user": user, "group": group, "extra_groups": []}


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """Run a server; raise NoPostgresError."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.close()


def _programs() -> Path:
    """Find the folder of the server's programs, which is on nobody's path under Debian; of several, the newest."""
    found = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda file: int(file.parent.parent.name))
    if found:
        return found[-1].parent
    if (path := shutil.which("initdb")) is None:
        raise NoPostgresError("PostgreSQL is not installed: no initdb")
    return Path(path).resolve().parent


def _account() -> tuple[int, int] | None:
    """Return the account to run it under: root may not."""
    if os.geteuid() != 0:
        return None
    for name in _ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return account.pw_uid, account.pw_gid
    raise NoPostgresError("root may not run PostgreSQL, and there is no account to run it under")


def _replies(process: "subprocess.Popen[bytes]", port: int) -> bool:
    """Wait until a server replies, or ends because its port is taken."""
    wait_until(lambda: process.poll() is not None or _connects(port), "a database server")
    return process.poll() is None


def _connects(port: int) -> bool:
    try:
        psycopg.connect(host="127.0.0.1", port=port, user=USER, password=PASSWORD, dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True
