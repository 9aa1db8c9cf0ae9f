"""A file that is written piece by piece: in memory while small, on disk when larger, zipped when over a limit."""

import shutil
import tempfile
import zipfile
from typing import IO

from bot.errors import UserError

IN_MEMORY = 1_000_000
"""Bytes; what is larger is in a temporary file without a name."""


class ExportFile:
    """`name` without its suffix; `limit` in bytes, which the finished file keeps."""

    def __init__(self, name: str, limit: int) -> None:
        self._name, self._limit = name, limit
        self._file: IO[bytes] = _spooled()
        self._archive: zipfile.ZipFile | None = None
        self._member: IO[bytes] | None = None

    def write(self, piece: bytes) -> None:
        """Add a piece; `UserError` once even the zipped file is too large."""
        if self._member is None and self._file.tell() + len(piece) > self._limit:
            self._zip()
        (self._member or self._file).write(piece)
        self._check()

    def finish(self) -> tuple[str, IO[bytes]]:
        """Return the file's name and the file, at its beginning; closing it deletes it."""
        suffix = "json"
        if self._archive and self._member:
            self._member.close()
            self._archive.close()
            self._check()
            suffix = "zip"
        self._file.seek(0)
        return f"{self._name}.{suffix}", self._file

    def discard(self) -> None:
        """Let go of what was written."""
        if self._archive and self._member:
            self._member.close()
            self._archive.close()
        self._file.close()

    def _zip(self) -> None:
        """Go on in an archive, with what there is."""
        plain, self._file = self._file, _spooled()
        self._archive = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self._member = self._archive.open(f"{self._name}.json", "w", force_zip64=True)
        plain.seek(0)
        shutil.copyfileobj(plain, self._member)
        plain.close()

    def _check(self) -> None:
        if self._file.tell() > self._limit:
            raise UserError("error.export_too_large")


def _spooled() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(IN_MEMORY)
