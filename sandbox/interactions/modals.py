"""A modal filled in, as a client sends it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.interactions.refusals import Refused
from sandbox.state.models import Json

ACTION_ROW, TEXT_INPUT, LABEL = 1, 4, 18
SINGLE = (TEXT_INPUT, 21, 23)
"""Text inputs, radio groups and checkboxes have one `value`; all others have `values`."""


def fill(modal: Json, values: Mapping[str, Any]) -> list[Json]:
    """The answer to a modal; fields not named keep what they hold. `Refused` for unknown fields."""
    unknown = set(values) - {field["custom_id"] for field in _fields(modal.get("components") or [])}
    if unknown:
        raise Refused("unknown_field", f"the modal has no field {', '.join(sorted(unknown))}")
    return [_answer(component, values) for component in modal.get("components") or []]


def check(modal: Json, answer: list[Json]) -> None:
    """Refuse what a client refuses: a needed field left empty, a text too short or too long."""
    given = {field.get("custom_id"): field for field in _fields(answer)}
    for field in _fields(modal.get("components") or []):
        value = given.get(field["custom_id"], {})
        content = value.get("value", value.get("values"))
        if field.get("required", True) and content in (None, "", []):
            raise Refused("missing_field", f"the field {field['custom_id']!r} is needed")
        if field["type"] == TEXT_INPUT and content:
            _check_length(field, str(content))


def _check_length(field: Json, text: str) -> None:
    if not (field.get("min_length") or 0) <= len(text) <= (field.get("max_length") or 4000):
        raise Refused("out_of_range", f"the field {field['custom_id']!r} is too short or too long")


def _fields(components: list[Json]) -> Iterator[Json]:
    for component in components:
        if "custom_id" in component:
            yield component
        yield from _fields(component.get("components") or [])
        if component.get("component"):
            yield from _fields([component["component"]])


def _answer(component: Json, values: Mapping[str, Any]) -> Json:
    base: Json = {"type": component["type"], "id": component.get("id", 0)}
    if component["type"] == ACTION_ROW:
        return base | {"components": [_answer(one, values) for one in component["components"]]}
    if component["type"] == LABEL:
        return base | {"component": _answer(component["component"], values)}
    if "custom_id" not in component:
        return base
    base["custom_id"] = component["custom_id"]
    if component["type"] in SINGLE:
        empty = False if component["type"] == 23 else ""
        return base | {"value": values.get(base["custom_id"], component.get("value", empty))}
    return base | {"values": list(values.get(base["custom_id"], []))}
