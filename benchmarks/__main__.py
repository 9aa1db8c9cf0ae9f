"""Runs all benchmarks: `python -m benchmarks`, or some of them by name; the soak of ten minutes only by its own."""

import importlib
import sys

ALL = ("estimate", "answer_length", "footprint_command", "counted_message", "growth", "ledger", "writers", "arrivals")


def main() -> None:
    """Run what was asked for."""
    for name in sys.argv[1:] or ALL:
        print(f"== {name}")
        importlib.import_module(f"benchmarks.{name}").main()
        print()


if __name__ == "__main__":
    main()
