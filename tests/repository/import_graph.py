"""The import graph of the project's packages, type-only imports included, read from the source."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "cogs", "sandbox")

Graph = Mapping[str, set[str]]


def modules() -> dict[str, Path]:
    """Every module by its dotted name."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def graph() -> Graph:
    """Which of ours each module imports."""
    known = modules()
    return {name: set(imports(path, known)) - {name} for name, path in known.items()}


def imports(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield from [name for name in (whole, node.module) if name in known][:1]


def outside(path: Path) -> set[str]:
    """The packages that a module names in its imports."""
    tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    named = [
        [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        for node in tree
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    return {name.partition(".")[0] for names in named for name in names}


def room(module: str) -> str:
    """The room a module is in: the first part below `bot`, or its package."""
    parts = module.split(".")
    return parts[1] if parts[0] == "bot" and len(parts) > 1 else parts[0]


def cycles(found: Graph) -> list[list[str]]:
    """Groups of modules that import each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in found[name]:
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            at = stack.index(name)
            groups.append(sorted(stack[at:]))
            del stack[at:]

    for name in found:
        if name not in index:
            visit(name)
    return [group for group in groups if len(group) > 1]
