"""An OpenSearch from Maven Central, laid out once in the user's cache: its jars, and the module that speaks HTTP."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.leash import end_with_parent

DEFAULT_VERSION = "2.19.6"
# Read when this is imported: a run of the tests has a cache of its own, which begins empty (tests/conftest.py).
VERSION = os.environ.get("OPENSEARCH_VERSION") or DEFAULT_VERSION
_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "isnad-tests"
_POM = Path(__file__).with_name("pom.xml")
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_LONGEST_DOWNLOAD = 600.0


@dataclass(frozen=True)
class _Line:
    """What versions with the same first number have in common."""

    javas: range
    profiles: tuple[str, ...]
    transport: str
    flags: tuple[str, ...]


_LINES = {
    # It asks for a security manager, which Java 24 no longer has.
    "2": _Line(range(11, 24), (), "org.opensearch.transport.Netty4Plugin", ("-Djava.security.manager=allow",)),
    "3": _Line(
        range(21, 100),
        ("-Pagent",),
        "org.opensearch.transport.Netty4ModulePlugin",
        ("--enable-native-access=ALL-UNNAMED",),
    ),
}
# The log4j that each is built with.
_LOG4J = {"2.19.6": "2.25.4", "3.9.0": "2.25.5"}
_MODULE = "transport-netty4"
_JARS_OF_MODULE = ("transport-netty4-client-*.jar", "netty-*.jar", "opensearch-netty4-*.jar")
_PERMISSIONS = """grant {
  permission java.net.SocketPermission "*", "accept,connect";
  permission java.io.FilePermission "/proc/sys/net/core/somaxconn", "read";
  permission java.lang.RuntimePermission "getClassLoader";
  permission java.lang.RuntimePermission "setContextClassLoader";
  permission java.util.PropertyPermission "sun.nio.ch.bugLevel", "write";
};
"""


class NoOpenSearchError(Exception):
    """No server can be had here; the message says why."""


@dataclass(frozen=True)
class Installation:
    """A version that is laid out in a folder, and the Java that it runs on."""

    version: str
    home: Path
    java: Path

    def command(self, settings: Path, heap: str) -> list[str]:
        """Return the command that runs a node with the settings of a folder."""
        return [
            str(self.java),
            f"-Xms{heap}",
            f"-Xmx{heap}",
            # A node starts in two thirds of the time without the second compiler, and these live for a minute or two.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            *_LINES[self.version[0]].flags,
            # Without this native library it cannot tell that root starts it, which it would refuse.
            "-Djna.nosys=true",
            "-Djna.nounpack=true",
            f"-Djava.io.tmpdir={settings}",
            "-Dfile.encoding=UTF-8",
            "-Dio.netty.noUnsafe=true",
            "-Dlog4j2.disable.jmx=true",
            f"-Dopensearch.path.home={self.home}",
            f"-Dopensearch.path.conf={settings}",
            "-Dopensearch.distribution.type=tar",
            "-cp",
            f"{self.home}/lib/*",
            "org.opensearch.bootstrap.OpenSearch",
        ]


def install(version: str = VERSION) -> Installation:
    """Lay a version out where that was not done before, which downloads 60 MB; raise NoOpenSearchError."""
    if version not in _LOG4J:
        raise NoOpenSearchError(f"OPENSEARCH_VERSION is {version}; the tests know {' and '.join(_LOG4J)}")
    java = find_java(version)
    made_of = repr((_POM.read_bytes(), _JARS_OF_MODULE, _module_files(version)))
    home = _CACHE / f"opensearch-{version}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / f"opensearch-{version}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            _lay_out(version, home)
    return Installation(version, home, java)


def find_java(version: str) -> Path:
    """Find a Java that a version runs on: that of JAVA_HOME, of the path, or the oldest in Debian's folder."""
    fitting = _LINES[version[0]].javas
    for home in _java_homes():
        if _java_version(home) in fitting:
            return home / "bin" / "java"
    raise NoOpenSearchError(f"OpenSearch {version} needs Java {fitting[0]} or newer, older than {fitting[-1] + 1}")


def _java_homes() -> Iterator[Path]:
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    if found := shutil.which("java"):
        yield Path(found).resolve().parent.parent
    yield from sorted(Path("/usr/lib/jvm").glob("*/"), key=_java_version)


def _java_version(home: Path) -> int:
    """Read the first number of a Java's version, 0 where there is none."""
    try:
        release = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(found[1]) if found and (home / "bin" / "java").exists() else 0


def _lay_out(version: str, home: Path) -> None:
    """Make the folder, which is there only when all of it is."""
    if (maven := shutil.which("mvn")) is None:
        raise NoOpenSearchError("OpenSearch is not installed, and there is no mvn to fetch it with")
    with tempfile.TemporaryDirectory(dir=_CACHE, prefix="unfinished-") as unfinished:
        made = Path(unfinished) / home.name
        module = made / "modules" / _MODULE
        module.mkdir(parents=True)
        (made / "plugins").mkdir()
        _download(maven, version, made / "lib")
        for pattern in _JARS_OF_MODULE:
            for jar in (made / "lib").glob(pattern):
                jar.rename(module / jar.name)
        for name, text in _module_files(version).items():
            (module / name).write_text(text, encoding="utf-8")
        made.rename(home)


def _module_files(version: str) -> dict[str, str]:
    """Describe the module to the server, by the names of files."""
    line = _LINES[version[0]]
    described = {
        "name": _MODULE,
        "description": "HTTP and transport",
        "version": version,
        "opensearch.version": version,
        "java.version": line.javas[0],
        "classname": line.transport,
    }
    descriptor = "".join(f"{name}={value}\n" for name, value in described.items())
    return {"plugin-descriptor.properties": descriptor, "plugin-security.policy": _PERMISSIONS}


def _download(maven: str, version: str, folder: Path) -> None:
    command = [
        maven,
        "--batch-mode",
        "--quiet",
        f"--file={_POM}",
        _COPY,
        "-DincludeScope=runtime",
        f"-Dopensearch.version={version}",
        f"-Dlog4j.version={_LOG4J[version]}",
        f"-DoutputDirectory={folder}",
        *_LINES[version[0]].profiles,
    ]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_LONGEST_DOWNLOAD,
            check=False,
            preexec_fn=partial(end_with_parent, os.getpid()),
        )
    except subprocess.TimeoutExpired as error:
        raise NoOpenSearchError(f"OpenSearch {version} was not downloaded in {_LONGEST_DOWNLOAD:.0f} s") from error
    if done.returncode:
        said = done.stdout.partition("[ERROR] ")[2].partition("\n")[0][:300]
        raise NoOpenSearchError(f"OpenSearch {version} could not be downloaded: {said}")
