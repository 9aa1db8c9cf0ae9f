"""The tables can be spread over machines by server, as Citus does it: each says how, and keeps to the rules of that."""

import pytest
from servers_apart import strays
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, UniqueConstraint

from bot.ledger.schema import metadata

TABLES = tuple(metadata.tables.values())
KINDS = {"guild_id", "reference", "local"}
CHOSEN_EVERYWHERE = {"people", "quiet_offers"}
BETWEEN_PROCESSES = {"key_value", "processes", "shard_leases", "identify_turns", "job_claims", "changes"}


def sins(table: Table) -> list[str]:
    """What Citus would refuse (https://docs.citusdata.com/en/stable/sharding/data_modeling.html)."""
    kind = table.info.get("distribution")
    if kind not in KINDS:
        return ["says nothing of where its rows belong"]
    if kind != "guild_id":
        return [f"{kind}, with a server"] if "guild_id" in table.c else []
    if "guild_id" not in table.c or table.c.guild_id.nullable:
        return ["a row without a server"]
    unique = [{column.name for column in one.columns} for one in table.constraints if isinstance(one, UniqueConstraint)]
    unique += [{column.name for column in one.columns} for one in table.indexes if one.unique]
    keys = [{column.name for column in table.primary_key}, *unique]
    found = [f"key {sorted(key)} without the server" for key in keys if "guild_id" not in key]
    found += [f"{column.name} refers elsewhere" for column in table.columns if column.foreign_keys]
    found += [f"{column.name} counts up" for column in table.columns if column is table.autoincrement_column]
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_says_where_its_rows_belong_and_keeps_to_it(table: Table) -> None:
    assert sins(table) == []


def test_what_is_not_of_a_server_is_named_here() -> None:
    kinds = {table.name: table.info["distribution"] for table in TABLES}
    assert {name for name, kind in kinds.items() if kind == "reference"} == CHOSEN_EVERYWHERE
    assert {name for name, kind in kinds.items() if kind == "local"} == BETWEEN_PROCESSES


def test_sins_are_seen() -> None:
    other = MetaData()
    Table("other", other, Column("id", Integer, primary_key=True))
    by_server = {"distribution": "guild_id"}

    def server() -> Column[int]:
        return Column("guild_id", Integer, primary_key=True, autoincrement=False)

    assert sins(Table("a", other, Column("id", Integer, primary_key=True)))
    assert sins(Table("b", other, Column("id", Integer, primary_key=True), info=by_server))
    assert sins(Table("c", other, server(), Column("id", Integer, unique=True), info=by_server))
    assert sins(Table("d", other, server(), Column("id", Integer, ForeignKey("other.id")), info=by_server))
    assert sins(Table("e", other, Column("guild_id", Integer, primary_key=True), info=by_server))
    assert sins(Table("f", other, server(), info={"distribution": "local"}))
    assert not sins(Table("g", other, server(), Column("id", Integer), info=by_server))


@pytest.mark.parametrize(
    ("statement", "strays_away"),
    [
        ("INSERT INTO watermarks (a) VALUES (1) ON CONFLICT (channel_id) DO NOTHING", True),
        ("INSERT INTO watermarks (a) VALUES (1) ON CONFLICT (guild_id, channel_id) DO NOTHING", False),
        ("INSERT INTO people (a) VALUES (1) ON CONFLICT (user_id) DO NOTHING", False),
        ("SELECT 1 FROM entries JOIN gaps ON entries.message_id = gaps.after_id WHERE entries.guild_id = 1", True),
        ("SELECT 1 FROM entries JOIN gaps ON entries.guild_id = gaps.guild_id AND entries.x = gaps.y", False),
        ("DELETE FROM watermarks WHERE watermarks.channel_id = ?", True),
        ("UPDATE watermarks SET message_id=? WHERE watermarks.channel_id = ?", True),
        ("DELETE FROM watermarks WHERE watermarks.guild_id = ?", False),
        ("DELETE FROM daily WHERE daily.author_id = ?", False),
    ],
)
def test_statements_that_leave_their_server_are_seen(statement: str, strays_away: bool) -> None:
    """Every test of the ledger is held to this: see `conftest`."""
    assert bool(strays(statement)) == strays_away
