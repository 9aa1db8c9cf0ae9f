"""No code that nobody uses: functions, methods, classes, constants and imports that no other line names are refused."""

from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parents[2]
USED_FROM = ("bot", "cogs", "sandbox", "benchmarks", "scripts")
BY_OTHERS = {
    "formatException", "formatStack",  # logging calls them
    "process_bind_param", "process_result_value",  # SQLAlchemy
    "from_custom_id", "interaction_check", "setup_hook", "transform",  # discord.py
    "on_error", "on_ready", "on_submit", "on_timeout",  # discord.py's events
    "collect",  # prometheus-client
    "__call__",  # of protocols
}  # fmt: skip
"""Names that a library calls, by its own rules."""

DECORATED = ["@app_commands.*", "@*.command", "@*.listener", "@field_validator", "@model_validator"]
KINDS = {"function", "method", "class", "import", "unreachable_code"}


def test_no_code_is_unused() -> None:
    vulture = Vulture(ignore_names=[*BY_OTHERS], ignore_decorators=DECORATED)
    vulture.scavenge([str(ROOT / folder) for folder in USED_FROM])
    unused = [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno} {item.typ} {item.name}"
        for item in vulture.get_unused_code(min_confidence=60)
        if item.typ in KINDS or (item.typ == "variable" and item.name.isupper())
    ]
    assert not unused, "\n".join(unused)
