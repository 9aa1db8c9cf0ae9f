"""What the tests of the limits share: an ``errors`` tree as paths with their codes."""

from collections.abc import Callable
from typing import Any

import pytest

Flatten = Callable[[dict[str, Any]], dict[str, list[str]]]


def _flat(errors: dict[str, Any], prefix: str = "") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, node in errors.items():
        if key == "_errors":
            found[prefix] = [error["code"] for error in node]
        else:
            found |= _flat(node, f"{prefix}.{key}" if prefix else key)
    return found


@pytest.fixture(scope="session")
def flat() -> Flatten:
    """``{"embeds.0.title": ["BASE_TYPE_MAX_LENGTH"]}`` for a tree with that one error."""
    return _flat
