"""Request bodies: JSON, or multipart with `payload_json` and files."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.errors import DiscordError
from sandbox.state.files import FILE_LIMIT, Upload


async def read(request: web.Request) -> tuple[Any, list[Upload]]:
    """The decoded body (None when empty) and the files. Errors: 50109 no JSON, 40005 file too large."""
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    raw = await request.read()
    return (_decode(raw) if raw else None), []


async def _multipart(request: web.Request) -> tuple[Any, list[Upload]]:
    body: Any = None
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read())
        if part.name == "payload_json":
            body = _decode(data)
        elif part.filename is not None:
            kind = part.headers.get("Content-Type")
            uploads.append(Upload(part.name or "file", part.filename, data, kind))
    if any(len(upload.data) > FILE_LIMIT for upload in uploads):
        raise DiscordError(40005)
    return body, uploads


def _decode(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise DiscordError(50109) from None
