"""The tables, as SQLAlchemy Core knows them. The migrations make them."""

from sqlalchemy import Column, MetaData, String, Table, Text

metadata = MetaData()

memory = Table(
    "memory",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small things to remember between two starts, such as which commands Discord was told of."""
