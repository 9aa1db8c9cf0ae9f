"""Descriptions of pictures that Discord takes."""

from collections.abc import Sequence

from bot.charts.records.chart import MAX_ALT

MORE = "…"


def joined(rows: Sequence[str], room: int = MAX_ALT) -> str:
    """Return as many whole rows as there is room for, "…" for those that there isn't."""
    kept: list[str] = []
    for row in rows:
        if len(" · ".join([*kept, row, MORE])) > room:
            return " · ".join([*kept, MORE])
        kept.append(row)
    return " · ".join(kept)
