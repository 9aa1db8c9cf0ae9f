"""The file of an export: as it is while it fits, zipped when it doesn't, refused when even that is too large."""

import random
import zipfile
from collections.abc import Iterable

import pytest

from bot.errors import UserError
from bot.usecases import export_file
from bot.usecases.export_file import ExportFile

PIECES = [b"abcdefgh" * 50] * 100
WHOLE = b"".join(PIECES)


@pytest.fixture(params=[10, 10_000_000])
def in_memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_file, "IN_MEMORY", request.param)


@pytest.mark.parametrize("limit", [len(WHOLE), len(WHOLE) + 1])
@pytest.mark.usefixtures("in_memory")
def test_as_it_is(limit: int) -> None:
    file = ExportFile("a", limit)
    for piece in PIECES:
        file.write(piece)
    name, made = file.finish()
    with made:
        assert (name, made.read()) == ("a.json", WHOLE)


@pytest.mark.parametrize("limit", [len(WHOLE) - 1, 5000])
@pytest.mark.usefixtures("in_memory")
def test_zipped(limit: int) -> None:
    file = ExportFile("a", limit)
    for piece in PIECES:
        file.write(piece)
    name, made = file.finish()
    with made:
        assert name == "a.zip"
        with zipfile.ZipFile(made) as archive:
            assert archive.namelist() == ["a.json"]
            assert archive.read("a.json") == WHOLE
        assert made.seek(0, 2) <= limit


def write_on(file: ExportFile, pieces: Iterable[bytes]) -> int:
    """Write until it is refused; return how many were taken."""
    for number, piece in enumerate(pieces):
        try:
            file.write(piece)
        except UserError as error:
            assert error.key == "error.export_too_large"  # noqa: PT017 counted up to here
            return number
    raise AssertionError("all of it was taken")


@pytest.mark.usefixtures("in_memory")
def test_too_large_even_so_and_no_more_is_written() -> None:
    file = ExportFile("a", 10_000)
    assert write_on(file, (random.randbytes(1000) for _ in range(1000))) < 100
    file.discard()


def test_only_the_end_of_the_archive_does_not_fit() -> None:
    file = ExportFile("a", 150)
    file.write(b"a" * 3000)
    with pytest.raises(UserError, match=r"error\.export_too_large"):
        file.finish()
    file.discard()
