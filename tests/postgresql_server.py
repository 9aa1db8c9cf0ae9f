"""The PostgreSQL for tests, where `EMPREINTE_TEST_POSTGRESQL` names one: a database for each worker."""

import asyncio
import os

import pytest
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine


def own_database(url: str | None, worker: str | None) -> str | None:
    """Return a database of this worker's own, made where there is none; the tests' own one without workers."""
    if url is None or worker is None:
        return url
    own = make_url(url).set(database=f"tests_{worker}")
    asyncio.run(_make_database(make_url(url), f"tests_{worker}"))
    return own.render_as_string(hide_password=False)


async def _make_database(server: URL, name: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        known = await connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if known is None:
            await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()


SERVER = own_database(os.environ.get("EMPREINTE_TEST_POSTGRESQL"), os.environ.get("PYTEST_XDIST_WORKER"))
NO_SERVER = pytest.mark.skipif(
    SERVER is None and "CI" not in os.environ, reason="EMPREINTE_TEST_POSTGRESQL names no database"
)
