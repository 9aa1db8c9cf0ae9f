"""The rooms of the house and the arrows between them: those of the design, and no others."""

import ast
from pathlib import Path

import pytest
from import_graph import ROOT, Graph, cycles, graph, modules, outside, room

EVERYWHERE = {"bot", "errors"}
"""The version, and what a person is told."""

INNER = {"estimation", "ledger", "counting", "usecases", "presentation", "charts", "annotating"}
ARROWS = {
    "estimation": set[str](),
    "ledger": {"estimation"},
    "counting": {"estimation", "ledger"},
    "usecases": {"estimation", "ledger", "counting"},
    "presentation": {"estimation", "ledger", "usecases", "charts"},
    "charts": set[str](),
    "annotating": {"counting", "estimation", "ledger", "presentation"},
    "settings": {"estimation"},
    "client": {*INNER, "settings"},
    "monitoring": {*INNER, "settings", "client"},
    "cogs": {"usecases", "presentation", "client"},
    "app": {*INNER, "settings", "client", "monitoring"},
    "cli": {*INNER, "settings", "client", "monitoring", "app", "sandbox"},
    "__main__": {*INNER, "settings", "client", "monitoring", "app", "cli"},
    "sandbox": set[str](),
}
"""Which rooms a room may import."""

RECORDS = {
    ("presentation", "ledger"): ("bot.ledger.records",),
    ("presentation", "usecases"): ("bot.usecases.records",),
    ("presentation", "charts"): ("bot.charts.records",),
    ("annotating", "ledger"): ("bot.ledger.records", "bot.ledger.types"),
    ("ledger", "estimation"): (
        "bot.estimation.facts.retention",
        "bot.estimation.footprint",
        "bot.estimation.ranges",
        "bot.estimation.impacts.prices",
    ),
}
"""Where only plain data may be imported: what that is."""

ENGINES = tuple(
    f"bot.estimation.{name}"
    for name in (
        "answer_length",
        "courtesy",
        "estimator",
        "impacts.model_lists",
        "impacts.prices",
        "impacts.reasoning",
        "prompt_reader",
        "request_resolver",
        "resolved_estimate",
        "tokens",
        "vocabulary",
        "words",
    )
)
"""What of `estimation` works rather than tells."""

ONLY = {
    ("annotating", "presentation"): {"bot.annotating.annotation_sender"},
    ("cli", "sandbox"): {"bot.cli.run", "bot.cli.sandbox"},
}
"""Arrows that start from these modules alone."""

OUTSIDE = {
    "estimation": {"discord", "sqlalchemy", "aiohttp", "asyncio", "time", "socket", "urllib"},
    "usecases": {"discord", "aiohttp"},
    "presentation": {"sqlalchemy", "aiohttp", "asyncio"},
    "cogs": {"sqlalchemy", "math", "sqlite3"},
    "sandbox": {"discord"},
}
"""What of the world outside a room has nothing to do with."""

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.LShift, ast.RShift)
RECKONERS = {"sum", "round", "min", "max", "abs", "divmod", "pow"}
LEDGER_NAMES = {"ledger", "engine", "reader", "writer", "preferences"}


@pytest.fixture(scope="module")
def found() -> Graph:
    return graph()


def below(module: str, *names: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def test_nothing_imports_itself_in_a_circle(found: Graph) -> None:
    assert cycles(found) == []
    assert cycles(ARROWS) == [], "the table itself has one"


def test_circles_are_found() -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_every_arrow_is_in_the_design(found: Graph) -> None:
    strange = {
        (name, other)
        for name, others in found.items()
        for other in others
        if room(name) != room(other) and room(other) not in ARROWS[room(name)] | EVERYWHERE
    }
    assert strange == set()


def test_where_plain_data_is_allowed_nothing_else_is_imported(found: Graph) -> None:
    strange = {
        (name, other)
        for name, others in found.items()
        for other in others
        if (allowed := RECORDS.get((room(name), room(other)))) and not below(other, *allowed)
    }
    assert strange == set()


def test_presentation_asks_no_engine(found: Graph) -> None:
    strange = {
        (n, o) for n, others in found.items() for o in others if room(n) == "presentation" and below(o, *ENGINES)
    }
    assert strange == set()


def test_some_arrows_start_from_few_modules_only(found: Graph) -> None:
    strange = {
        (name, other)
        for name, others in found.items()
        for other in others
        if (sources := ONLY.get((room(name), room(other)))) and name not in sources
    }
    assert strange == set()


def test_rooms_leave_alone_what_is_not_theirs() -> None:
    strange = {
        (name, other)
        for name, path in modules().items()
        for other in outside(path)
        if other in OUTSIDE.get(room(name), ())
    }
    assert strange == set()


def test_the_root_is_a_short_table_of_contents() -> None:
    assert {path.stem for path in (ROOT / "bot").glob("*.py")} == {"__init__", "__main__", "app", "errors", "settings"}


def test_only_the_guard_reads_the_ledger() -> None:
    """Every reading of every command is in time, or one sentence; erasing somebody is a write that takes its time."""
    readers = {
        path.name
        for path in (ROOT / "bot" / "usecases").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "engine"
    }
    assert readers == {"ledger_reader.py", "usecases.py", "privacy.py"}


# What cogs may do


def cogs() -> list[Path]:
    return [path for name, path in modules().items() if room(name) == "cogs"]


@pytest.mark.parametrize("path", cogs(), ids=lambda path: path.name)
def test_cogs_hold_no_sql_no_arithmetic_and_build_no_records(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert sins(tree) == []


def sins(tree: ast.Module) -> list[str]:
    """What a cog does that belongs elsewhere, with the line it does it in."""
    records = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bot.usecases")
        for alias in node.names
        if alias.name[0].isupper()
    }
    return [f"{node.lineno}: {sin}" for node in ast.walk(tree) if (sin := _sin(node, records))]  # pyright: ignore[reportAttributeAccessIssue]


def _sin(node: ast.AST, records: set[str]) -> str | None:  # noqa: PLR0911
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if isinstance(op, ARITHMETIC):
            return "arithmetic"
        case ast.Call(func=ast.Name(id=name)) if name in RECKONERS:
            return "arithmetic"
        case ast.Call(func=ast.Name(id=name)) if name in records:
            return "record-building"
        case ast.ClassDef(decorator_list=[_, *_]) if any("dataclass" in ast.dump(one) for one in node.decorator_list):
            return "a record"
        case ast.Attribute(attr=name) if name in LEDGER_NAMES:
            return "the ledger"
        case ast.Import(names=[ast.alias(name="sqlalchemy"), *_]) | ast.ImportFrom(module="sqlalchemy"):
            return "SQL"
        case _:
            return None


@pytest.mark.parametrize(
    ("code", "sin"),
    [
        ("page = page + 1", "arithmetic"),
        ("n += 1", "arithmetic"),
        ("sum(x)", "arithmetic"),
        ("from bot.usecases.records.boards import Page\nPage(1)", "record-building"),
        ("@dataclass(frozen=True)\nclass A:\n    pass", "a record"),
        ("bot.ledger.engine", "the ledger"),
        ("from sqlalchemy import select", "SQL"),
    ],
)
def test_sins_are_seen(code: str, sin: str) -> None:
    assert any(sin in found for found in sins(ast.parse(code)))
    assert sins(ast.parse("x: str | None = f'{a}'")) == []
