"""What compose and systemd say of several processes on one machine: nothing that two of them couldn't both have."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT, TEMPLATE = ROOT / "deploy" / "empreinte.service", ROOT / "deploy" / "empreinte@.service"
TO_EACH_ITS_OWN = ("Description", "Environment=EMPREINTE_DATABASE_URL", "ExecStart=", "# by env")
"""How lines begin in which the template may differ."""


def settings(unit: Path) -> list[str]:
    lines = unit.read_text(encoding="utf-8").partition("[Unit]")[2].splitlines()
    return [line for line in lines if line and not line.startswith(TO_EACH_ITS_OWN)]


def section(name: str) -> str:
    """Return a service of compose.yaml, without comments."""
    text = re.sub(r"#.*", "", (ROOT / "compose.yaml").read_text(encoding="utf-8"))
    found = re.search(rf"^  {name}:\n(.*?)(?=^ {{0,2}}\S|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_template_is_the_unit_for_several_processes() -> None:
    assert settings(TEMPLATE) == settings(UNIT)
    start = next(line for line in TEMPLATE.read_text(encoding="utf-8").splitlines() if line.startswith("ExecStart="))
    assert "EMPREINTE_SHARDS=auto" in start
    assert re.search(r"EMPREINTE_METRICS_PORT=\d+%i ", start), "a port for each"


@pytest.mark.parametrize("one_of_a_kind", ["ports:", "container_name:", "network_mode:", "hostname:", "EMPREINTE_"])
def test_compose_can_start_the_bot_several_times(one_of_a_kind: str) -> None:
    assert one_of_a_kind not in section("bot")


def test_compose_lets_the_bot_write_what_it_has() -> None:
    """Longer than the writer waits for a database in trouble."""
    grace = re.search(r"stop_grace_period: (\d+)s", section("bot"))
    stop = re.search(r"^TimeoutStopSec=(\d+)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    assert grace
    assert stop
    assert min(int(grace[1]), int(stop[1])) > 30
    assert "--scale bot=4" in (ROOT / "compose.yaml").read_text(encoding="utf-8")


def test_the_bot_starts_after_the_database_where_there_is_one() -> None:
    assert re.search(r"depends_on:\s+database: \{condition: service_healthy, required: false\}", section("bot"))
    assert "healthcheck:" in section("database")


def test_nothing_restarts_a_process_that_only_waits() -> None:
    check = (ROOT / "Dockerfile").read_text(encoding="utf-8").partition("HEALTHCHECK")[2].partition("\nCMD")[0]
    assert "/livez" in check


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd isn't installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in (UNIT, TEMPLATE):
        text = unit.read_text(encoding="utf-8").replace("/opt/empreinte/.venv/bin/python", "/bin/true")
        (tmp_path / unit.name.replace("@", "@1")).write_text(text, encoding="utf-8")
    paths = sorted(map(str, tmp_path.iterdir()))
    said = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")
