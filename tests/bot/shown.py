"""What a message shows and says, whatever holds it: content, embeds, cards, pictures' descriptions."""

from collections.abc import Iterator

from sandbox.state.models import Json

BUTTON, TEXT_DISPLAY, MEDIA_GALLERY = 2, 10, 12


def parts(message: Json | None) -> Iterator[Json]:
    """All components, whatever holds them."""
    assert message is not None
    waiting = list(message["components"])
    while waiting:
        one = waiting.pop(0)
        yield one
        waiting[:0] = one.get("components", [])


def texts(message: Json | None) -> list[str]:
    """What a card says."""
    return [one["content"] for one in parts(message) if one["type"] == TEXT_DISPLAY]


def descriptions(message: Json | None) -> list[str]:
    """What its pictures say to those who don't see them; all of them must say something."""
    galleries = (one for one in parts(message) if one["type"] == MEDIA_GALLERY)
    return [item["description"] for one in galleries for item in one["items"]]


def buttons(message: Json | None) -> dict[str, bool]:
    """Which buttons there are, and whether each can be pressed."""
    return {one["label"]: not one.get("disabled", False) for one in parts(message) if one["type"] == BUTTON}
