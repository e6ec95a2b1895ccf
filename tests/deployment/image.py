"""The image of the Dockerfile, built by buildah without a daemon, on a base of Debian's packages where no registry is.

What is not tried so is the registry's own base image; every step of the file runs as it stands.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.program import ROOT
from tests.patience import PATIENCE

_BASE, _IMAGE = "localhost/python-base", "localhost/isnad"
_SUITE = "bookworm"
_ENTRY = "/app/entrypoint"
# What a machine behind a proxy of its own needs to install packages.
_OF_THIS_MACHINE = ("etc/ssl/certs/ca-certificates.crt", "etc/pip.conf", "etc/resolv.conf")
_MOST_SECONDS = 2 * PATIENCE


def what_is_missing() -> str:
    """Say what is missing to build images here; nothing where nothing is."""
    lacking = [name for name in ("buildah", "debootstrap") if shutil.which(name) is None]
    if lacking:
        return f"{' and '.join(lacking)} not installed"
    return "" if os.geteuid() == 0 else "only root can make a base image"


class NoBaseError(Exception):
    """Why this machine can have no base image: no mirror is reached, or it may not make one."""


class Image:
    """The image, built in a store of its own below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "storage.conf").write_text(
            f'[storage]\ndriver = "vfs"\ngraphroot = "{folder / "graph"}"\nrunroot = "{folder / "run"}"\n'
        )

    def build(self) -> None:
        """Make the base, and run the steps of the Dockerfile on it; raise NoBaseError where there can be no base."""
        self._make_base()
        isolated = ("--format", "docker", "--isolation", "chroot")
        self._buildah("bud", *isolated, "--build-arg", f"BASE={_BASE}", "--tag", _IMAGE, str(ROOT))

    def _make_base(self) -> None:
        rootfs = self._folder / "rootfs"
        packages = "--include=python3,python3-venv,ca-certificates"
        self._attempt("debootstrap", "--variant=minbase", packages, _SUITE, str(rootfs))
        for name in _OF_THIS_MACHINE:
            if Path("/", name).exists():
                shutil.copyfile(Path("/", name), rootfs / name)
        container = self._attempt("buildah", "from", "scratch").strip()
        self._buildah("add", "--quiet", container, str(rootfs), "/")
        # Where processes may not be kept apart, no step of the Dockerfile could run.
        self._attempt("buildah", "run", "--isolation", "chroot", container, "--", "true")
        self._buildah("commit", "--quiet", "--rm", container, _BASE)
        shutil.rmtree(rootfs)

    @contextmanager
    def container(self) -> Iterator[str]:
        """Make a container of the image, gone afterwards."""
        name = self._buildah("from", _IMAGE).strip()
        try:
            yield name
        finally:
            self._buildah("rm", name)

    def command(self, container: str, *command: str, **environment: str) -> list[str]:
        """Make the command that runs another one in a container as the image says: behind its entry, as its user."""
        settings = [f"--env={name}={value}" for name, value in environment.items()]
        return ["buildah", "run", "--isolation", "chroot", *settings, container, "--", _ENTRY, *command]

    def mount_disk(self, container: str) -> None:
        """Leave the folder that is written to as platforms mount it, and with a file that somebody wrote as root."""
        script = "chown root:root /data && chmod 755 /data && mkdir -m 700 /data/lost+found && touch /data/roots"
        self._buildah("run", "--isolation", "chroot", container, "--", "sh", "-c", script)

    def run(self, container: str, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a container."""
        return subprocess.run(  # noqa: S603
            self.command(container, *command, **environment),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_MOST_SECONDS,
        )

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment in which buildah finds the store."""
        return os.environ | {"CONTAINERS_STORAGE_CONF": str(self._folder / "storage.conf")}

    def _attempt(self, *command: str) -> str:
        """Do what fails for reasons of the machine, and not of the Dockerfile."""
        try:
            return self._run(*command)
        except (AssertionError, subprocess.TimeoutExpired) as error:
            raise NoBaseError(f"no base image can be made here: {error}") from error

    def _buildah(self, *arguments: str) -> str:
        return self._run("buildah", *arguments)

    def _run(self, *command: str) -> str:
        done = subprocess.run(  # noqa: S603
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=_MOST_SECONDS
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]} {done.stderr[-2000:]}"
        return done.stdout
