"""Components of a message, in the older layout of action rows and in Components V2."""

from collections.abc import Callable, Iterator
from typing import Any

from . import values
from .controls import BUTTON, SELECTS, button, select
from .media import ALT_TEXT, Names, media
from .tree import At

ROW, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 1, 9, 10, 11, 12, 13, 14, 17
ROWS = 5
COUNT_V2 = 40
TEXT_V2 = 4000
_ROW_WIDTH = 5
_IN_CONTAINER = (ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR)


def components(at: At, value: Any, attached: Names, *, v2: bool) -> None:
    """Check all components of a message; `attached` are its file names, where known."""
    allowed = (*_IN_CONTAINER, CONTAINER) if v2 else (ROW,)
    for place, component in values.tables(at, value, COUNT_V2 if v2 else ROWS):
        _component(place, component, allowed, attached)
    if v2:
        _totals(at, value)
    unique(at, value)


def expect(at: At, component: dict[str, Any], allowed: tuple[int, ...]) -> int | None:
    """The type of a component when it may stand here; refuse any other."""
    kind = component.get("type")
    if isinstance(kind, int) and kind in allowed:
        return kind
    if values.require(at / "type", kind):
        known = ", ".join(map(str, allowed))
        (at / "type").refuse("UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({known},).')
    return None


def _component(at: At, component: dict[str, Any], allowed: tuple[int, ...], attached: Names) -> None:
    kind = expect(at, component, allowed)
    if kind == BUTTON:
        button(at, component)
    elif kind in SELECTS:
        select(at, component)
    elif kind is not None:
        _LAID_OUT[kind](at, component, attached)


def _row(at: At, row: dict[str, Any], attached: Names) -> None:
    """Check an action row: five places, of which a button takes one and a select menu all."""
    width = 0
    for place, child in values.tables(at / "components", row.get("components"), _ROW_WIDTH, least=1):
        _component(place, child, (BUTTON, *SELECTS), attached)
        width += 1 if child.get("type") == BUTTON else _ROW_WIDTH
        if width > _ROW_WIDTH:
            message = "The specified component exceeds the maximum width"
            place.refuse("COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _section(at: At, section: dict[str, Any], attached: Names) -> None:
    for place, child in values.tables(at / "components", section.get("components"), 3, least=1):
        _component(place, child, (TEXT,), attached)
    if values.is_table(at / "accessory", section.get("accessory")):
        _component(at / "accessory", section["accessory"], (BUTTON, THUMBNAIL), attached)


def _container(at: At, container: dict[str, Any], attached: Names) -> None:
    values.whole(at / "accent_color", container.get("accent_color"), 0, 0xFFFFFF)
    children = values.tables(at / "components", container.get("components"), COUNT_V2, least=1)
    for place, child in children:
        _component(place, child, _IN_CONTAINER, attached)


def words(at: At, component: dict[str, Any], _attached: Names = None) -> None:
    """Check a text display."""
    values.text(at / "content", component.get("content"), TEXT_V2, least=1, required=True)


def _picture(at: At, item: dict[str, Any], attached: Names) -> None:
    """Check a thumbnail, or an item of a gallery."""
    values.text(at / "description", item.get("description"), ALT_TEXT, least=1)
    if values.is_table(at / "media", item.get("media")):
        media(at / "media" / "url", item["media"].get("url"), attached)


def _gallery(at: At, gallery: dict[str, Any], attached: Names) -> None:
    for place, item in values.tables(at / "items", gallery.get("items"), 10, least=1):
        _picture(place, item, attached)


def _file(at: At, component: dict[str, Any], attached: Names) -> None:
    if values.is_table(at / "file", component.get("file")):
        media(at / "file" / "url", component["file"].get("url"), attached, ("attachment",))


def _separator(at: At, separator: dict[str, Any], _attached: Names) -> None:
    if separator.get("spacing") is not None:
        values.one_of(at / "spacing", separator["spacing"], (1, 2))


_LAID_OUT: dict[int, Callable[[At, dict[str, Any], Names], None]] = {
    ROW: _row,
    SECTION: _section,
    TEXT: words,
    THUMBNAIL: _picture,
    GALLERY: _gallery,
    FILE: _file,
    SEPARATOR: _separator,
    CONTAINER: _container,
}


def _walk(at: At, value: Any) -> Iterator[tuple[At, dict[str, Any]]]:
    """Every component in a list and below it, in the order of the message, with its place."""
    for index, component in enumerate(value if isinstance(value, list) else ()):
        yield from _below(at / index, component)


def _below(at: At, component: Any) -> Iterator[tuple[At, dict[str, Any]]]:
    if isinstance(component, dict):
        yield at, component
        yield from _walk(at / "components", component.get("components"))
        yield from _below(at / "accessory", component.get("accessory"))
        yield from _below(at / "component", component.get("component"))


def _totals(at: At, value: Any) -> None:
    """Refuse more than 40 components or 4,000 code points of text, nested ones counted."""
    everything = [component for _, component in _walk(at, value)]
    if len(everything) > COUNT_V2:
        message = f"The total number of components exceeds the maximum of {COUNT_V2}"
        at.refuse("COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    shown = [c.get("content") for c in everything if c.get("type") == TEXT]
    if sum(len(content) for content in shown if isinstance(content, str)) > TEXT_V2:
        message = f"The total displayable text size exceeds the maximum size of {TEXT_V2}"
        at.refuse("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def unique(at: At, value: Any) -> None:
    """Refuse a ``custom_id``, or a numeric ``id`` other than 0, that an earlier component has."""
    seen: set[tuple[str, str | int]] = set()
    for place, component in _walk(at, value):
        values.whole(place / "id", component.get("id"), 0, 2**31 - 1)
        for key, kind in (("custom_id", str), ("id", int)):
            own = component.get(key)
            if not own or not isinstance(own, kind):
                continue
            if (key, own) in seen:
                code, name = f"COMPONENT_{key.upper()}_DUPLICATED", key.replace("_", " ")
                (place / key).refuse(code, f"Component {name} cannot be duplicated")
            seen.add((key, own))
