"""Tables that keep identity: the profiles of names, the keys they meet under, imported lists.

They are made from `entities` and `aliases` and can be made anew; only
`known_actors` holds what people brought.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    false,
    inspect,
)

from onrecord.record.dialects import Instant
from onrecord.record.schema import metadata

profiles = Table(
    "identity_profiles",
    metadata,
    Column("profile_id", String, primary_key=True),
    Column("sort", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", String, nullable=False, server_default=""),
    Column("others", JSON, nullable=False),  # [[name, how, documents], ...]
    Column("documents", Integer, nullable=False),
    Column("known", String, nullable=False, server_default=""),
    Column("base", String, nullable=False),
    Column("actor_id", String, nullable=False),  # the actor its entities are
    Column("scattered", Boolean, nullable=False, server_default=false()),
    Index("identity_profiles_actor", "actor_id"),
    Index("identity_profiles_known", "known"),
)

keys = Table(
    "identity_keys",
    metadata,
    Column("key", String, primary_key=True),
    Column("profile_id", String, primary_key=True),
    Index("identity_keys_profile", "profile_id"),
    sqlite_with_rowid=False,
)

# An entity without a row here was written after identities were last settled.
entity_profiles = Table(
    "entity_profiles",
    metadata,
    Column("entity_id", String, ForeignKey("entities.entity_id", ondelete="CASCADE"),
           primary_key=True),
    Column("profile_id", String),  # null: its name says too little to be shared
    Index("entity_profiles_profile", "profile_id"),
)  # fmt: skip

known_actors = Table(
    "known_actors",
    metadata,
    Column("known_id", String, primary_key=True),  # "scheme:identifier"
    Column("scheme", String, nullable=False),
    Column("identifier", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("country", String, nullable=False, server_default=""),
    Column("sector", String, nullable=False, server_default=""),
    Column("names", JSON, nullable=False),
    Column("roles", JSON, nullable=False),  # [[code, from, until], ...], days or null
    Column("external_ids", JSON, nullable=False),  # [[scheme, identifier], ...]
    Column("source", Text, nullable=False, server_default=""),
    Column("at", Instant, nullable=False),
)

TABLES = (profiles, keys, entity_profiles, known_actors)


def has_identity(connection: Connection) -> bool:
    """Return whether the record keeps identities yet."""
    return bool(inspect(connection).has_table(TABLES[-1].name))


def ensure_tables(connection: Connection) -> None:
    """Create the tables in a record that an earlier version made."""
    if not has_identity(connection):
        metadata.create_all(connection, tables=list(TABLES), checkfirst=True)
