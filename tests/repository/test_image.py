"""The container's image holds what the bot runs with, and nothing that only tests, builds and fits need."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires

from import_graph import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS = ("fast", "metrics", "postgresql")
"""Extras of ours that the image offers."""
IMAGE = {
    "python_version": "3.13",
    "python_full_version": "3.13.0",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "os_name": "posix",
}


def here(wanted: Requirement, extra: str = "") -> bool:
    return wanted.marker is None or wanted.marker.evaluate({**IMAGE, "extra": extra})


def reached(start: list[str]) -> set[str]:
    """Return every package that these requirements bring along."""
    found: set[tuple[str, str]] = set()
    waiting = [Requirement(line) for line in start]
    while waiting:
        wanted = waiting.pop()
        for extra in {"", *wanted.extras} - {extra for name, extra in found if name == canonicalize_name(wanted.name)}:
            found.add((canonicalize_name(wanted.name), extra))
            waiting += [one for one in needed(wanted.name) if here(one, extra)]
    return {name for name, _ in found}


def needed(name: str) -> list[Requirement]:
    try:
        return [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:  # of another Python than this one
        return []


def test_nothing_but_what_it_runs_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = [*project["dependencies"], *(one for extra in EXTRAS for one in project["optional-dependencies"][extra])]
    lines = re.findall(r"^([\w.-]+==[^\\\n]+)", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
    installed = {canonicalize_name(one.name) for one in map(Requirement, lines) if here(one)}
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (removed,) = re.findall(r"pip uninstall --yes --quiet ((?:[^\n]+\\\n)*[^\n]+)", dockerfile)
    assert set(removed.replace("\\", " ").split()) == installed - reached(runtime)


def test_nothing_but_sources_reaches_the_build() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    let_in = {one.removeprefix("!") for one in ignored if one.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert let_in == {one for line in copied for one in line.split()}
    assert not let_in & {".env", ".git", "data"}
