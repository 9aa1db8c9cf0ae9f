"""What `doctor` finds on this machine: the database as it is, untouched, and files that others can read."""

import asyncio
import os
from pathlib import Path

import pytest

from bot.cli import doctor
from bot.cli.context import Context
from bot.errors import UserError
from bot.ledger import migrate, sqlite
from bot.ledger.engine import open_engine
from bot.presentation.translator import Catalogues
from bot.settings import Settings


@pytest.fixture
def context(tmp_path: Path, catalogues: Catalogues, monkeypatch: pytest.MonkeyPatch) -> Context:
    monkeypatch.chdir(tmp_path)
    return Context(Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/e.db"), catalogues.translator("en"))


def made(context: Context, revision: str) -> None:
    async def make() -> None:
        engine = open_engine(context.settings.database)
        await migrate.upgrade(engine, revision)
        await engine.dispose()

    asyncio.run(make())


def test_no_database_is_made(context: Context, tmp_path: Path) -> None:
    (finding,) = doctor._database(context)
    assert finding.kind == "note"
    assert "will be created at start" in finding.what
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("revision", "kind", "words"), [("head", "ok", "revision"), ("0002", "note", "0002 → ")])
def test_the_revision_is_told_and_stays(context: Context, revision: str, kind: str, words: str) -> None:
    made(context, revision)
    for _ in range(2):
        (finding,) = doctor._database(context)
        assert finding.kind == kind
        assert words in finding.what


def test_a_file_that_cannot_be_written(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    made(context, "head")

    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sqlite, "try_writing", refuse)
    with pytest.raises(UserError) as caught:
        list(doctor._database(context))
    assert caught.value.key == "error.database"
    assert "Permission denied" in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
@pytest.mark.parametrize(("mode", "found"), [(0o600, 0), (0o640, 1), (0o644, 1)])
def test_a_readable_env_file(context: Context, tmp_path: Path, mode: int, found: int) -> None:
    assert list(doctor._private_files(context)) == []
    (tmp_path / ".env").write_text("DISCORD_TOKEN=x\n")
    (tmp_path / ".env").chmod(mode)
    findings = list(doctor._private_files(context))
    assert [finding.kind for finding in findings] == ["note"] * found
    assert all("chmod 600 .env" in finding.what for finding in findings)
