"""Attachments, kept in memory within a bound and served back."""

from __future__ import annotations

import mimetypes
import struct
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import quote

from sandbox.state.models import Json
from sandbox.state.snowflakes import Snowflakes

FILE_LIMIT = 10 * 1024 * 1024
"""Bytes a file may have: Discord's default since January 2025."""

STORE_LIMIT = 128 * 1024 * 1024
"""Bytes kept in all; the oldest files are forgotten beyond it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart request; `field` is its name there, such as `files[0]`."""

    field: str
    filename: str
    data: bytes
    content_type: str | None = None

    @property
    def key(self) -> str:
        """The number in the field's name, by which the body's `attachments` refer to it."""
        return self.field.removeprefix("files[").removesuffix("]")


class FileStore:
    """Stores uploads and answers with Discord's attachment objects."""

    def __init__(self, ids: Snowflakes, base_url: str = "") -> None:
        self.base_url = base_url
        self._ids = ids
        self._files: OrderedDict[int, Upload] = OrderedDict()
        self._size = 0

    def put(self, channel_id: int, upload: Upload, about: Json) -> Json:
        """Keep a file; `about` is what the request's `attachments` say of it (description, …)."""
        key = self._ids.next()
        filename = str(about.get("filename") or upload.filename).replace(" ", "_")
        content_type = upload.content_type or mimetypes.guess_type(filename)[0]
        if content_type in (None, "application/octet-stream"):
            content_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        self._keep(key, Upload(upload.field, filename, upload.data, content_type))
        url = f"{self.base_url}/attachments/{channel_id}/{key}/{quote(filename)}"
        attachment: Json = {"id": str(key), "filename": filename, "size": len(upload.data)}
        attachment |= {"url": url, "proxy_url": url, "content_type": content_type, **image_size(upload.data)}
        attachment |= {key: about[key] for key in ("description", "duration_secs", "waveform") if about.get(key)}
        return attachment

    def get(self, key: int) -> Upload | None:
        """A stored file, None when unknown or forgotten."""
        return self._files.get(key)

    def _keep(self, key: int, upload: Upload) -> None:
        self._files[key] = upload
        self._size += len(upload.data)
        while self._size > STORE_LIMIT and len(self._files) > 1:
            _, old = self._files.popitem(last=False)
            self._size -= len(old.data)


def image_size(data: bytes) -> dict[str, int]:
    """`width` and `height` of a PNG or GIF, nothing for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
    else:
        return {}
    return {"width": width, "height": height}
