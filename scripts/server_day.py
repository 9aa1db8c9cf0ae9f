"""Print what a day of a server comes to: 200 ordinary messages, half of them chat, half in French.

    python -m scripts.server_day [--before DIR] [--each]

The messages are those of `tests/estimation/server_day.tsv`. `--before` compares with the same command in another
checkout of the project, `--each` prints every message's prediction. Both are read by `python -m bot estimate --batch`.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
MESSAGES = ROOT / "tests" / "estimation" / "server_day.tsv"
MODEL = "openai/gpt-4o"


class Message(NamedTuple):
    """A message, its language, and what answering it takes: `chat`, `short` or `long`."""

    kind: str
    language: str
    text: str


class Total(NamedTuple):
    """Sums over messages: tokens of their answers, Wh, g CO2e, and messages that are nothing but courtesy."""

    messages: int
    tokens: float
    energy_wh: float
    gwp_g: float
    only: int


def read() -> list[Message]:
    """Return the messages of the day."""
    return [Message(*line.split("\t")) for line in MESSAGES.read_text("utf-8").splitlines()]


def estimates(messages: list[Message], root: Path) -> list[dict[str, Any]]:
    """Return what the checkout at `root` estimates for each message."""
    lines = "".join(json.dumps({"text": message.text, "model": MODEL}) + "\n" for message in messages)
    command = [sys.executable, "-m", "bot", "estimate", "--batch", "-"]
    environment = {"EMPREINTE_DATA_DIR": str(ROOT / "data"), **os.environ}
    done = subprocess.run(command, cwd=root, input=lines, capture_output=True, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def total(found: list[dict[str, Any]]) -> Total:
    """Return the sums of estimates."""
    return Total(
        len(found),
        sum(one["answer_tokens"]["expected"] for one in found),
        sum(one["energy_wh"]["expected"] for one in found),
        sum(one["gwp_g"]["expected"] for one in found),
        sum(one["courtesy"]["only"] for one in found),
    )


def main() -> None:
    """Print the table, with every message if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--each", action="store_true")
    arguments = parser.parse_args()
    messages = read()
    checkouts = [*([arguments.before] if arguments.before else []), ROOT]
    found = [estimates(messages, root) for root in checkouts]
    if arguments.each:
        for message, *each in zip(messages, *found, strict=True):
            lengths = [one["answer_tokens"] for one in each]
            shown = "  ".join("{low:5.0f}{expected:6.0f}{high:6.0f}".format(**length) for length in lengths)
            print(f"{shown}  {message.kind:6}{message.text}")
    for language in ("fr", "en"):
        for kind in ("chat", "short", "long"):
            chosen = [at for at, message in enumerate(messages) if (message.kind, message.language) == (kind, language)]
            _row(f"{kind} {language}", [[one[at] for at in chosen] for one in found])
    _row("all", found)


def _row(name: str, found: list[list[dict[str, Any]]]) -> None:
    sums = map(total, found)
    cells = (f"{s.tokens:10,.0f}{s.energy_wh:9.1f} Wh{s.gwp_g:8.1f} g{s.only:4} only" for s in sums)
    print(f"{name:10}{len(found[0]):4}{'   '.join(cells)}")


if __name__ == "__main__":
    main()
