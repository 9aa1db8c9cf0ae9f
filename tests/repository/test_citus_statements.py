"""The statements of `docs/scale.md` are those that the tables' own words make."""

import re

from import_graph import ROOT

from bot.ledger.schema import metadata

TEXT = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")


def of_kind(kind: str) -> set[str]:
    return {table.name for table in metadata.tables.values() if table.info["distribution"] == kind}


def test_every_table_that_grows_is_spread_by_server_beside_the_entries() -> None:
    spread = re.findall(r"create_distributed_table\('(\w+)', 'guild_id'(, colocate_with => 'entries')?\);", TEXT)
    assert {name for name, _ in spread} == of_kind("guild_id")
    assert len(spread) == len(of_kind("guild_id"))
    assert [name for name, beside in spread if not beside] == ["entries"]
    assert spread[0][0] == "entries", "the others refer to it"


def test_what_people_chose_is_everywhere_and_what_processes_agree_on_stays() -> None:
    assert set(re.findall(r"create_reference_table\('(\w+)'\);", TEXT)) == of_kind("reference")
    listed = TEXT.partition("What processes agree on (")[2].partition(")")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == of_kind("local")
