"""The repository's own rules: layers, sources of figures, words in use, nothing of the outside named."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from ecologits.status_messages import _warning_codes

from bot.estimation.facts import equivalents
from bot.estimation.facts.fact import CONFIG_DIR, Fact
from bot.presentation.translator import Catalogues

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "cogs", "sandbox")
TABLES = {
    "annotation": "annotation",
    "assumptions": "assumption",
    "equivalents": "equivalent",
    "measured": "measured",
    "methods": "method",
    "politeness": "politeness",
    "retention": "retention",
    "training": "training",
    "vocabularies": "vocabulary",
}
BUILT = re.compile(
    r"^(equivalent|warning|note|error\.left_out|zone|command|doctor\.(ok|bad|note)|cli|method\.impacts|measured|checks\.(kind|table)"
    r"|training\.(energy_basis|co2_basis|confidence|note|table)"
    r"|choice|period|csv|totals\.before|leaderboard\.(by|metric)"
    r"|permission|permission_use|mode|annotate\.(silent|reaction|reply|digest)|quiet|button\.quiet)\b"
)
"""Keys that code puts together; each kind has a test of its own below."""


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


@pytest.mark.parametrize("path", modules("bot/presentation"), ids=lambda path: path.name)
def test_presentation_asks_nobody(path: Path) -> None:
    assert not reaches(path, "sqlalchemy", "aiohttp", "bot.ledger", "bot.client.client", "cogs", "sandbox", "asyncio")


@pytest.mark.parametrize("path", modules("cogs"), ids=lambda path: path.name)
def test_cogs_hold_no_sql(path: Path) -> None:
    assert not reaches(path, "sqlalchemy", "sandbox", "math")


@pytest.mark.parametrize(
    "name",
    ["annotating/breaker", "annotating/burst_detector", "annotating/digest", "client/http_limits/rate_limit_tracker"],
)
def test_what_decides_when_to_speak_is_pure(name: str) -> None:
    assert not reaches(ROOT / "bot" / f"{name}.py", "discord", "asyncio", "time", "aiohttp", "sqlalchemy", "cogs")


@pytest.mark.parametrize("path", modules("sandbox"), ids=lambda path: path.name)
def test_the_sandbox_knows_nothing_of_the_bot(path: Path) -> None:
    assert not reaches(path, "bot", "cogs", "discord")


@pytest.mark.parametrize("name", TABLES)
def test_each_figure_has_its_source(name: str) -> None:
    with (CONFIG_DIR / f"{name}.toml").open("rb") as file:
        entries = tomllib.load(file)[TABLES[name]]
    assert entries
    for entry in entries:
        Fact.model_validate({key: value for key, value in entry.items() if key in Fact.model_fields})
        assert re.match(r"https?://", entry["url"]), entry["id"]
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", entry["date"]), entry["id"]
    dated = [(entry["id"], entry["date"]) for entry in entries]
    assert len(dated) == len(set(dated)), "an entry was overwritten rather than dated anew"


def test_every_equivalent_has_words(catalogues: Catalogues) -> None:
    wanted: set[str] = set()
    for one in equivalents.load_equivalents(CONFIG_DIR).values():
        wanted.add(f"equivalent.{one.id}")
        if one.measure == "share":
            wanted.add(f"equivalent.{one.id}.share")
    assert wanted == {key for key in catalogues.translator("fr").keys if key.startswith("equivalent.")}


def test_no_key_is_unused(catalogues: Catalogues) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules(*PACKAGES))
    unused = [
        key
        for key in catalogues.translator("fr").keys
        if not BUILT.match(key) and not re.search(f"[\"']{key}[\"']", source)
    ]
    assert not unused, unused


def test_every_key_exists(catalogues: Catalogues) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules("bot", "cogs"))
    literal = re.findall(r'(?:words|many|UserError|sentence)\(\s*"([a-z_]+(?:\.[a-z_\-]+)+)"', source)
    assert len(literal) > 30
    assert {key for key in literal if key not in catalogues.translator("fr").keys} == set()


def test_every_warning_has_words(catalogues: Catalogues) -> None:
    ours = {"tokens-approximate", "no-water", "no-primary-energy", "no-metals"}
    assert {f"warning.{code}" for code in {*_warning_codes, *ours}} == {
        key for key in catalogues.translator("fr").keys if key.startswith("warning.")
    }


def test_rooms_stay_small() -> None:
    assert {path: n for path in modules(*PACKAGES) if (n := len(path.read_text("utf-8").splitlines())) > 400} == {}


def test_no_index_address_or_foreign_path() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js", "/wo" + "rk/", "/tmp/" + "bash")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in {".png", ".gz"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not [host for host in hosts if host in text], name
