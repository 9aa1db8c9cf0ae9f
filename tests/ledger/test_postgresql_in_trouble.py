"""A PostgreSQL that refuses for now (full, busy, barred, turned read-only): what waits is written once it may be."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator

import pytest
from making import counted, entry, expected
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import POOLER, UserError
from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.ledger import open_ledger
from bot.ledger.write.writer import Writer
from scripts.postgresql_pair import pair, pooler_before

pytestmark = [pytest.mark.postgresql, NO_SERVER]

ROLE = "tests_in_trouble"
NUMBERS = range(1, 30)

RAISE = """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file: no space left' USING ERRCODE = '{state}'; END $$"""
REFUSES = [
    RAISE.format(name="refuses", state="{state}"),
    "CREATE TRIGGER refuses BEFORE INSERT ON daily EXECUTE FUNCTION refuses()",
]
AGREES = ["DROP TRIGGER refuses ON daily", "DROP FUNCTION refuses"]


def refusing(state: str) -> list[str]:
    return [one.replace("{state}", state) for one in REFUSES]


TROUBLES = {
    "too many connections": ([f"ALTER ROLE {ROLE} CONNECTION LIMIT 0"], [f"ALTER ROLE {ROLE} CONNECTION LIMIT -1"]),
    "may not log in": ([f"ALTER ROLE {ROLE} NOLOGIN"], [f"ALTER ROLE {ROLE} LOGIN"]),
    "read-only": (
        [f"ALTER ROLE {ROLE} SET default_transaction_read_only = on"],
        [f"ALTER ROLE {ROLE} RESET default_transaction_read_only"],
    ),
    "statements take too long": (
        [f"ALTER ROLE {ROLE} SET statement_timeout = '1ms'"],
        [f"ALTER ROLE {ROLE} RESET statement_timeout"],
    ),
    "rights taken away": ([f"REVOKE INSERT ON entries FROM {ROLE}"], [f"GRANT INSERT ON entries TO {ROLE}"]),
    "disk full": (refusing("53100"), AGREES),
    "a broken disk": (refusing("58030"), AGREES),
    "out of memory": (refusing("53200"), AGREES),
    "shutting down": (refusing("57P01"), AGREES),
}


@pytest.fixture
async def owner() -> AsyncIterator[AsyncEngine]:
    """The server as its owner sees it, with an empty ledger that another role may write to."""
    engine = open_engine(str(SERVER))
    await migrate.downgrade(engine, "base")
    await migrate.upgrade(engine)
    async with engine.begin() as connection:
        if await connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": ROLE}) is None:
            await connection.execute(text(f"CREATE ROLE {ROLE}"))
        await connection.execute(text(f"ALTER ROLE {ROLE} LOGIN CONNECTION LIMIT -1"))
        await connection.execute(text(f"ALTER ROLE {ROLE} RESET ALL"))
        await connection.execute(text(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {ROLE}"))
    yield engine
    async with engine.begin() as connection:
        await connection.execute(text(f"DROP OWNED BY {ROLE}"))
    await engine.dispose()


async def begin(owner: AsyncEngine, trouble: list[str]) -> None:
    """Do this, and end the connections that began before it."""
    await change(owner, trouble)
    end = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = :name AND datname = current_database()"
    )
    async with owner.begin() as connection:
        await connection.execute(text(end), {"name": ROLE})


async def change(owner: AsyncEngine, statements: list[str]) -> None:
    async with owner.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def until_in_trouble(writer: Writer) -> None:
    """Return when something other than the end of a connection is wrong, or when something was let go."""
    async with asyncio.timeout(30):
        while not writer.state.refused and "clos" in (writer.state.last_error or "closed"):
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_nothing_is_lost(owner: AsyncEngine, caplog: pytest.LogCaptureFixture, trouble: str) -> None:
    begins, ends = TROUBLES[trouble]
    engine = open_engine(make_url(str(SERVER)).set(username=ROLE).render_as_string(hide_password=False))
    async with Writer(engine, max_age=0.01, patience=60) as writer:
        await writer.flush()
        await begin(owner, begins)
        try:
            for number in NUMBERS:
                assert writer.record(entry(number))
            await until_in_trouble(writer)
        finally:
            await change(owner, ends)
        await writer.flush()
        assert writer.state.refused == 0
    await engine.dispose()
    assert await counted(owner) == expected(entry(number) for number in NUMBERS)
    said = [record.levelno for record in caplog.records if record.name == "bot.ledger.write.backoff"]
    assert said == [logging.ERROR, logging.WARNING]


async def test_nothing_is_lost_while_no_server_takes_writes() -> None:
    """Both servers answer, but the standby isn't promoted yet."""
    with pair() as both:
        engine = open_engine(both.url)
        await migrate.upgrade(engine)
        async with Writer(engine, max_age=0.01, patience=60) as writer:
            for number in NUMBERS:
                assert writer.record(entry(number))
            await writer.flush()
            before = writer.state.entries
            owner = open_engine(both.primary.url)
            async with owner.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                await driver.execute("ALTER SYSTEM SET default_transaction_read_only = on")
                await driver.execute("SELECT pg_reload_conf()")
                await driver.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                )
                for number in NUMBERS:
                    assert writer.record(entry(100 + number))
                await until_in_trouble(writer)
                await asyncio.to_thread(both.primary.kill)
            await asyncio.to_thread(both.standby.promote)
            await writer.flush()
            assert writer.state.entries == before + len(NUMBERS)
            assert writer.state.refused == 0
        await owner.dispose()
        await engine.dispose()


async def refused(url: str) -> str:
    """Return why a ledger can't be opened."""
    with pytest.raises(UserError) as found:
        async with open_ledger(url):
            pass
    assert found.value.key == "error.database"
    return str(found.value.values["reason"])


async def test_a_start_with_too_few_connections_is_one_sentence(owner: AsyncEngine) -> None:
    """The first connection is had, the next one isn't."""
    await change(owner, [f"ALTER ROLE {ROLE} CONNECTION LIMIT 1"])
    url = make_url(str(SERVER)).set(username=ROLE).render_as_string(hide_password=False)
    assert await refused(url) == f'too many connections for role "{ROLE}"'


@pytest.mark.skipif(shutil.which("pgbouncer") is None, reason="pgbouncer is not installed")
async def test_a_pooler_that_the_url_forgets_is_told_of(owner: AsyncEngine) -> None:
    server = owner.url
    with pooler_before(server.port or 5432, str(server.database)) as url:
        told = await refused(url.partition("?")[0])
    assert told.endswith(POOLER)


async def test_statements_have_names_of_their_own_in_every_process(owner: AsyncEngine) -> None:
    """A pooler may lend one process the other's connections: better no such statement than another one."""
    async with owner.connect() as connection:
        names = list(await connection.scalars(text("SELECT name FROM pg_prepared_statements")))
    assert names
    assert not [name for name in names if "asyncpg" in name]
