"""What Discord has of the commands is compared with ours as it shows them: with defaults said or left out."""

from typing import Any

import pytest

from bot.client.command_payloads import differing

OURS: dict[str, Any] = {
    "name": "footprint",
    "type": 1,
    "description": "What",
    "options": [
        {"type": 3, "name": "text", "description": "The text", "required": True, "min_length": 1},
        {"type": 3, "name": "by", "description": "By", "choices": [{"name": "A", "value": "a"}], "required": False},
    ],
    "nsfw": False,
    "dm_permission": True,
    "default_member_permissions": 32,
    "contexts": [0, 1],
    "integration_types": [0, 1],
    "name_localizations": {"fr": "empreinte"},
    "description_localizations": {},
}
THEIRS: dict[str, Any] = {
    **OURS,
    "id": "1",
    "application_id": "2",
    "version": "3",
    "default_member_permissions": "32",
    "contexts": [1, 0],
    "integration_types": [1, 0],
    "description_localizations": None,
    "dm_permission": False,
    "options": [
        {**OURS["options"][0]},
        {
            "type": 3,
            "name": "by",
            "description": "By",
            "choices": [{"name": "A", "value": "a", "name_localizations": None}],
        },
    ],
}


def test_the_same() -> None:
    assert differing([THEIRS], [OURS]) == []
    assert differing([{**THEIRS, "handler": 1}], [OURS]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"description": "Else"},
        {"name_localizations": {"fr": "autre"}},
        {"name_localizations": None},
        {"contexts": None},
        {"integration_types": [0]},
        {"default_member_permissions": None},
        {"nsfw": True},
        {"options": list(reversed(OURS["options"]))},
        {"options": [{**OURS["options"][0], "max_length": 5}, OURS["options"][1]]},
        {"options": [OURS["options"][0], {**OURS["options"][1], "choices": []}]},
        {"type": 3},
    ],
)
def test_each_difference_counts(change: dict[str, Any]) -> None:
    assert differing([{**THEIRS, **change}], [OURS]) == (["footprint"])


def test_missing_and_superfluous_ones() -> None:
    assert differing([], [OURS]) == ["footprint"]
    assert differing([THEIRS, {"name": "old", "description": "x"}], [OURS]) == ["old"]
