"""A primary PostgreSQL with a synchronous standby, and a pgbouncer before them, on loopback; all gone in the end.

They run without `fsync`, unless that is given as an option. `python -m scripts.postgresql_pair` prints the URLs and
waits for Ctrl-C. As root the servers run as the system's user `postgres`.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

USER = "tests"
REPLICATION = "replication"


def binaries() -> Path | None:
    """Return where Debian, or the PATH, has PostgreSQL's programs; None without."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


class Server:
    """One PostgreSQL in a folder of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.data, self.port = folder / name, free_port()
        self._folder = folder
        bin_dir = binaries()
        assert bin_dir is not None, "PostgreSQL is needed"
        self._bin = bin_dir

    @property
    def url(self) -> str:
        """Return the URL of its database."""
        return f"postgresql+asyncpg://{USER}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        """Make an empty database."""
        _run(self._bin / "initdb", "-D", self.data, "-A", "trust", "-U", USER, "--locale=C.UTF-8", "-E", "UTF8")
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host {REPLICATION} all 127.0.0.1/32 trust\n")

    def follow(self, primary: "Server", name: str) -> None:
        """Make a copy of the primary, that goes on following it."""
        address = f"host=127.0.0.1 port={primary.port} user={USER} application_name={name}"
        _run(self._bin / "pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d", address)

    def start(self, *options: str) -> None:
        """Start, and return once it answers."""
        settings = (
            f"-h 127.0.0.1 -p {self.port} -k {self._folder} -c fsync=off -c max_connections=200 {' '.join(options)}"
        )
        _run(self._bin / "pg_ctl", "-D", self.data, "-l", f"{self.data}.log", "-w", "-o", settings, "start")

    def kill(self) -> None:
        """End it as a power cut would."""
        process = int((self.data / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
        for one in (process, *map(int, children.stdout.split())):
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    def promote(self) -> None:
        """Make a standby the primary."""
        _run(self._bin / "pg_ctl", "-D", self.data, "-w", "promote")

    def stop(self) -> None:
        """End it, whatever state it is in."""
        _run(self._bin / "pg_ctl", "-D", self.data, "-m", "immediate", "stop", check=False)


class Pair:
    """A primary whose commits wait for the standby (unless that is asynchronous), and that standby."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.primary, self.standby = Server(folder, "primary"), Server(folder, "standby")

    def start(self, *options: str, synchronous: bool = True) -> None:
        """Start both."""
        self.primary.make()
        self.primary.start(*options)
        self.standby.follow(self.primary, "standby")
        self.standby.start(*options)
        if synchronous:
            _psql(self.primary, "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
            _psql(self.primary, "SELECT pg_reload_conf()")

    @property
    def url(self) -> str:
        """Return the URL that names both, and finds the one that takes writes."""
        hosts = f"host=127.0.0.1:{self.primary.port}&host=127.0.0.1:{self.standby.port}"
        return f"postgresql+asyncpg://{USER}@/postgres?{hosts}&target_session_attrs=read-write"

    def stop(self) -> None:
        """Stop both."""
        for one in (self.standby, self.primary):
            one.stop()


@contextlib.contextmanager
def single(*options: str) -> Iterator[Server]:
    """Start one server without a standby; stop and remove it in the end."""
    with _folder() as folder:
        server = Server(folder, "primary")
        try:
            server.make()
            server.start(*options)
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def pair(*options: str, synchronous: bool = True) -> Iterator[Pair]:
    """Start a primary and a standby; stop and remove them in the end."""
    with _folder() as folder:
        both = Pair(folder)
        try:
            both.start(*options, synchronous=synchronous)
            yield both
        finally:
            both.stop()


def pooler(server: Server) -> contextlib.AbstractContextManager[str]:
    """Start a pgbouncer in transaction mode before a server; yield the URL through it."""
    return pooler_before(server.port, "postgres")


@contextlib.contextmanager
def pooler_before(server: int, database: str) -> Iterator[str]:
    """Start one before whatever listens on a port of this machine; yield the URL of that database through it."""
    with _folder() as folder:
        port, config = free_port(), folder / "pgbouncer.ini"
        (folder / "users.txt").write_text(f'"{USER}" ""\n')
        config.write_text(
            f"[databases]\n{database} = host=127.0.0.1 port={server} user={USER}\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
            f"auth_file = {folder / 'users.txt'}\npool_mode = transaction\ndefault_pool_size = 10\n"
            "max_client_conn = 200\nignore_startup_parameters = extra_float_digits\n"
        )
        for path in folder.iterdir():
            path.chmod(0o644)
        process = subprocess.Popen([*_as_postgres(), "pgbouncer", "-q", str(config)])
        try:
            _wait_for(port)
            yield f"postgresql+asyncpg://{USER}@127.0.0.1:{port}/{database}?prepared_statement_cache_size=0"
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        if os.geteuid() == 0:
            shutil.chown(name, "postgres")
        yield Path(name)


def _as_postgres() -> list[str]:
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _run(*command: object, check: bool = True) -> None:
    subprocess.run(
        [*_as_postgres(), *map(str, command)],
        check=check,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
    )


def _psql(server: Server, statement: str) -> None:
    address = f"host=127.0.0.1 port={server.port} user={USER} dbname=postgres"
    _run("psql", "-q", "-d", address, "-c", statement)


def _wait_for(port: int, patience: int = 200) -> None:
    for _ in range(patience):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def main() -> None:
    """Start all, print the URLs; at Enter let the primary die and the standby take over; wait for Ctrl-C."""
    with pair() as both, pooler(both.primary) as pooled, contextlib.suppress(KeyboardInterrupt, EOFError):
        print(f"both servers: {both.url}\nthrough the pooler: {pooled}", flush=True)
        input("Enter: kill -9 of the primary, and promotion of the standby ")
        both.primary.kill()
        both.standby.promote()
        signal.pause()


if __name__ == "__main__":
    main()
