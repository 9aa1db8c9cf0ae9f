"""The sandbox's import graph: no cycles, type-only imports included, and nothing of any bot."""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "sandbox"
ROOMS = {"state", "gateway", "rest", "interactions", "limits", "page"}
MAX_ROOT_MODULES = 5
PARTS_OF_THE_ROOT = ("sandbox.server", "sandbox.application")
"""What puts the rooms together; no room may ask for it."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(FOLDER.rglob("*.py"))}


def targets(node: ast.AST, package: str) -> list[str]:
    """The modules an import statement names: `from a import b` is `a.b` where that is a module, else `a`."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
    return [inner if (inner := f"{module}.{alias.name}") in MODULES else module for alias in node.names]


def graph() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found[name] = {one for node in ast.walk(tree) for one in targets(node, package) if one in MODULES}
    return found


def test_there_are_no_import_cycles() -> None:
    edges = graph()
    assert sum(map(len, edges.values())) > 100, "the imports weren't found"
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_no_room_imports_what_puts_the_rooms_together() -> None:
    for name, used in graph().items():
        if name.count(".") > 1:
            assert not used & {*PARTS_OF_THE_ROOT, "sandbox"}, name


def test_state_and_limits_need_no_other_room() -> None:
    allowed = {"state": {"state", "errors"}, "limits": {"limits"}}
    for name, used in graph().items():
        room = name.split(".")[1] if "." in name else ""
        if room in allowed:
            assert {one.split(".")[1] for one in used} <= allowed[room], name


def test_the_root_is_a_table_of_contents() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"} == ROOMS
    assert len(list(FOLDER.glob("*.py"))) <= MAX_ROOT_MODULES


def test_no_bot_is_named() -> None:
    files = [path for path in FOLDER.rglob("*") if path.suffix in {".py", ".js", ".css", ".html", ".md"}]
    assert len(files) > 80
    named = [path.name for path in files if re.search("empreinte|footprint", path.read_text("utf-8"), re.IGNORECASE)]
    assert not named
