"""The repository's own rules: layers, sources of figures, words in use, nothing of the outside named."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from bot.estimation.facts.fact import CONFIG_DIR, JUDGEMENT, Fact

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "cogs", "sandbox")
TABLES = {
    "annotation": "annotation",
    "assumptions": "assumption",
    "equivalents": "equivalent",
    "measured": "measured",
    "methods": "method",
    "politeness": "politeness",
    "recap": "thought",
    "retention": "retention",
    "quiz": "assumption",
    "training": "training",
    "vocabularies": "vocabulary",
}

MAX_LIST_WIDTH = 100
"""Characters of a list of words on one line."""

MAX_LINES = 220
"""Of a module: a longer one is split by concern."""


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reaches(path: Path, *forbidden: str) -> list[str]:
    return [name for name in imports(path) if any(name == one or name.startswith(f"{one}.") for one in forbidden)]


@pytest.mark.parametrize("path", modules("bot/estimation"), ids=lambda path: path.name)
def test_estimation_is_pure(path: Path) -> None:
    outside = (
        "discord",
        "sqlalchemy",
        "aiohttp",
        "bot.ledger",
        "bot.presentation",
        "bot.client.client",
        "cogs",
        "sandbox",
    )
    assert not reaches(path, *outside, "bot.settings", "time", "asyncio", "socket", "requests", "urllib")


@pytest.mark.parametrize(
    "name",
    [
        "annotating/breaker",
        "annotating/burst_detector",
        "annotating/digest",
        "client/http_limits/rate_limit_tracker",
        "usecases/quiz/game",
    ],
)
def test_what_decides_when_to_speak_is_pure(name: str) -> None:
    assert not reaches(ROOT / "bot" / f"{name}.py", "discord", "asyncio", "time", "aiohttp", "sqlalchemy", "cogs")


@pytest.mark.parametrize("name", TABLES)
def test_each_figure_has_its_source(name: str) -> None:
    with (CONFIG_DIR / f"{name}.toml").open("rb") as file:
        entries = tomllib.load(file)[TABLES[name]]
    assert entries
    for entry in entries:
        Fact.model_validate({key: value for key, value in entry.items() if key in Fact.model_fields})
        assert re.match(r"https?://", entry.get("url", "")) or entry["confidence"] == JUDGEMENT, entry["id"]
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", entry["date"]), entry["id"]
    dated = [(entry["id"], entry["date"]) for entry in entries]
    assert len(dated) == len(set(dated)), "an entry was overwritten rather than dated anew"


def test_words_stand_one_a_line() -> None:
    """Short lists may share a line; in a long one a change couldn't be reviewed."""
    listed = re.compile(r"""("[^"]*"|[\w.-]+) = \[".*\]\s*(#.*)?""")
    wide = [
        f"{path.name}:{number}"
        for path in CONFIG_DIR.glob("*.toml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > MAX_LIST_WIDTH and listed.fullmatch(line)
    ]
    assert wide == []


def lengths() -> dict[str, int]:
    """Lines of each module."""
    return {path.relative_to(ROOT).as_posix(): len(path.read_text("utf-8").splitlines()) for path in modules(*PACKAGES)}


def test_rooms_stay_small() -> None:
    most = {name: n for name, n in lengths().items() if n > MAX_LINES}
    assert most == {}, "split by concern"


def test_no_index_address_or_foreign_path() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js", "/wo" + "rk/", "/tmp/" + "bash")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in {".png", ".gz"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not [host for host in hosts if host in text], name
