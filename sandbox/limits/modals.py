"""Modals: a title and one to five questions."""

from typing import Any

from . import values
from .components import ROW, TEXT, expect, unique, words
from .controls import SELECTS, choices, choosable, custom_id, select
from .tree import At

TEXT_INPUT, LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 4, 18, 19, 21, 22, 23
QUESTIONS = 5
_IN_LABEL = (TEXT_INPUT, *SELECTS, UPLOAD, RADIO, CHECKBOXES, CHECKBOX)
_FEW = 10  # options of a group, files of an upload
_LONGEST = 4000


def modal(at: At, value: Any) -> None:
    """Check the data of a modal."""
    if not values.is_table(at, value):
        return
    values.text(at / "title", value.get("title"), 45, least=1, required=True)
    custom_id(at, value)
    for place, component in values.tables(at / "components", value.get("components"), QUESTIONS, least=1):
        _question(place, component)
    unique(at / "components", value.get("components"))


def _question(at: At, component: dict[str, Any]) -> None:
    kind = expect(at, component, (ROW, TEXT, LABEL))
    if kind == TEXT:
        words(at, component)
    elif kind == ROW:
        _row(at, component)
    elif kind == LABEL:
        values.text(at / "label", component.get("label"), 45, least=1, required=True)
        values.text(at / "description", component.get("description"), 100, least=1)
        if values.is_table(at / "component", component.get("component")):
            _answer(at / "component", component["component"])


def _row(at: At, row: dict[str, Any]) -> None:
    """Check an action row, the older way to ask: one text input with its own label."""
    for place, child in values.tables(at / "components", row.get("components"), 1, least=1):
        if expect(place, child, (TEXT_INPUT,)):
            values.text(place / "label", child.get("label"), 45, least=1, required=True)
            values.flag(place / "required", child.get("required"))
            _text_input(place, child)


def _answer(at: At, component: dict[str, Any]) -> None:
    """Check what a label asks with."""
    kind = expect(at, component, _IN_LABEL)
    values.flag(at / "required", component.get("required"))
    if kind in SELECTS:
        select(at, component)
    elif kind == TEXT_INPUT:
        _text_input(at, component)
    elif kind is not None:
        custom_id(at, component)
        _group(at, component, kind)


def _group(at: At, component: dict[str, Any], kind: int) -> None:
    if kind == RADIO:
        _, chosen = choices(at / "options", component.get("options"), _FEW, least=2)
        choosable(at, {}, 1, chosen)
    elif kind == CHECKBOXES:
        offered, chosen = choices(at / "options", component.get("options"), _FEW)
        choosable(at, component, offered, chosen, most=_FEW, usual=max(1, offered))
    elif kind == UPLOAD:
        choosable(at, component, _FEW, 0, most=_FEW)


def _text_input(at: At, field: dict[str, Any]) -> None:
    custom_id(at, field)
    values.one_of(at / "style", field.get("style"), (1, 2))
    values.text(at / "placeholder", field.get("placeholder"), 100)
    values.text(at / "value", field.get("value"), _LONGEST)
    least = values.whole(at / "min_length", field.get("min_length"), 0, _LONGEST)
    most = values.whole(at / "max_length", field.get("max_length"), 1, _LONGEST)
    if least is not None and most is not None and least > most:
        message = "min_length is more than max_length"
        (at / "min_length").refuse("TEXT_INPUT_COMPONENT_MIN_OVER_MAX", message)
