"""A modal filled in, as a client sends it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.interactions.refusals import Refused
from sandbox.state.models import Json

ACTION_ROW, TEXT_INPUT, LABEL, RADIO, CHECKBOXES, CHECKBOX = 1, 4, 18, 21, 22, 23
SINGLE = (TEXT_INPUT, RADIO, CHECKBOX)
"""Text inputs, radio groups and checkboxes have one `value`; all others have `values`."""


def fill(modal: Json, values: Mapping[str, Any]) -> list[Json]:
    """The answer to a modal; fields not named keep what they hold. `Refused` for unknown fields."""
    unknown = set(values) - {field["custom_id"] for field in fields(modal.get("components") or [])}
    if unknown:
        raise Refused("unknown_field", f"the modal has no field {', '.join(sorted(unknown))}")
    return [_answer(component, values) for component in modal.get("components") or []]


def check(modal: Json, answer: list[Json]) -> None:
    """Refuse what a client refuses: a needed field left empty, a text too short, a choice not offered."""
    given = {field.get("custom_id"): field for field in fields(answer)}
    for field in fields(modal.get("components") or []):
        value = given.get(field["custom_id"], {})
        content = value.get("value", value.get("values"))
        empty = content in (None, "", [])
        if empty and field["type"] != CHECKBOX and field.get("required", True):
            raise Refused("missing_field", f"the field {field['custom_id']!r} is needed")
        if not empty:
            _check_content(field, content)


def fields(components: list[Json]) -> Iterator[Json]:
    """The parts one can fill in, wherever they are nested; of a modal or of its answer."""
    for component in components:
        if "custom_id" in component:
            yield component
        yield from fields(component.get("components") or [])
        if component.get("component"):
            yield from fields([component["component"]])


def _check_content(field: Json, content: Any) -> None:
    if field["type"] == TEXT_INPUT:
        _check_size(field, len(str(content)), "length", 4000)
        return
    chosen = content if isinstance(content, list) else [content]
    offered = {option["value"] for option in field.get("options") or []}
    if offered and not set(chosen) <= offered:
        raise Refused("not_a_choice", f"that is no choice of {field['custom_id']!r}")
    if isinstance(content, list):
        _check_size(field, len(chosen), "values", len(offered) if field["type"] == CHECKBOXES else 1)


def _check_size(field: Json, size: int, what: str, most: int) -> None:
    if not (field.get(f"min_{what}") or 0) <= size <= (field.get(f"max_{what}") or most):
        raise Refused("out_of_range", f"the field {field['custom_id']!r} is too short or too long")


def _answer(component: Json, values: Mapping[str, Any]) -> Json:
    base: Json = {"type": component["type"], "id": component.get("id", 0)}
    if component["type"] == ACTION_ROW:
        return base | {"components": [_answer(one, values) for one in component["components"]]}
    if component["type"] == LABEL:
        return base | {"component": _answer(component["component"], values)}
    if "custom_id" not in component:
        return base
    base["custom_id"] = component["custom_id"]
    given = values.get(base["custom_id"], _held(component))
    return base | ({"value": given} if component["type"] in SINGLE else {"values": list(given)})


def _held(component: Json) -> Any:
    """What a field holds before anybody touches it."""
    kind = component["type"]
    if kind == TEXT_INPUT:
        return component.get("value", "")
    if kind == CHECKBOX:
        return component.get("default", False)
    chosen = [option["value"] for option in component.get("options") or [] if option.get("default")]
    if kind == RADIO:
        return next(iter(chosen), None)
    return chosen or [preset["id"] for preset in component.get("default_values") or []]
