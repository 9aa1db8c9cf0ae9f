"""Files of a message: the ``attachments`` list, the uploaded parts, and URLs that point at them."""

import re
from typing import Any

from . import values
from .tree import At

FILES = 10
ALT_TEXT = 1024
URL = 2048
Names = frozenset[str] | None  # None: not known, as for files that an edit keeps

_PART = re.compile(r"files\[(\d+)\]")
_FIRST_SNOWFLAKE = 1 << 22  # ids below are numbers of uploaded parts


def attachments(at: At, body: dict[str, Any], files: list[str], *, creating: bool) -> Names:
    """Check ``attachments`` against the multipart field names `files`; give the file names as far as known.

    An attachment of a new message must name an uploaded part by its number; an edit may also name, by id,
    files the message already has. Parts that the list leaves out are dropped by Discord without an error.
    """
    values.size(at, len(files), FILES)
    uploaded = {part[1] for name in files if (part := _PART.fullmatch(name))}
    seen: set[str] = set()
    for place, item in values.tables(at, body.get("attachments"), FILES):
        values.text(place / "filename", item.get("filename"), 1024, least=1)
        values.text(place / "description", item.get("description"), ALT_TEXT)
        number = values.snowflake(place / "id", item.get("id"))
        if not number:
            continue
        new = creating or int(number) < _FIRST_SNOWFLAKE
        if number in seen or (new and number not in uploaded):
            place.refuse("ATTACHMENT_NOT_FOUND", f"No file was uploaded for the attachment {number}")
        seen.add(number)
    return frozenset() if creating and not files else _names(body.get("attachments"))


def _names(listed: Any) -> Names:
    given = listed if isinstance(listed, list) else []
    names = [item.get("filename") for item in given if isinstance(item, dict)]
    known = frozenset(name for name in names if isinstance(name, str))
    return known if known and len(names) == len(known) else None


def media(at: At, value: Any, attached: Names, schemes: tuple[str, ...] = values.MEDIA) -> None:
    """Check a required URL of a picture or a file, which may be ``attachment://<file name>``."""
    address = values.url(at, value, URL, schemes, required=True)
    name = address.removeprefix("attachment://")
    if name != address and attached is not None and name not in attached:
        message = f'The referenced attachment "{name}" was not found'
        at.refuse("UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message)
