"""Lay out the record: one set of tables for SQLite and PostgreSQL.

Offsets are Unicode code points of `documents.text`, half open. Moments are
UTC; `date_to` is exclusive here and becomes the last day in the views. What
the machine read stands in the tables as it was read; what people say about it
stands in `reviews`; the views show both together.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    desc,
    false,
    text,
)

from onrecord.record.dialects import Instant

SCHEMA_VERSION = 7
metadata = MetaData()

# SQLite gives a table without a key of its own a number that VACUUM may
# change; full text search needs one that stays.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")


def _document(*, key: bool = False) -> Column[str]:
    return Column(
        "document_id",
        String,
        ForeignKey("documents.document_id", ondelete="CASCADE"),
        nullable=False,
        primary_key=key,
    )


def _start(name: str = "start", *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=nullable)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _actor(name: str) -> Column[str]:
    return Column(name, String, ForeignKey("actors.actor_id"))


def _entity(name: str) -> Column[str]:
    return Column(name, String, ForeignKey("entities.entity_id"))


def _place(name: str = "place_id") -> Column[str]:
    return Column(name, String, ForeignKey("places.place_id"))


def _confidence() -> Column[float]:
    return Column("confidence", Float, nullable=False)


record_info = Table(
    "record_info",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("number", _NUMBER, nullable=False, unique=True),  # order of arrival
    _text("uri"),
    _text("title"),
    _text("publisher"),
    _text("author"),
    Column("published", Instant),
    Column("published_precision", String, nullable=False, server_default="unknown"),
    Column("language", String, nullable=False, server_default=""),
    _text("text"),
    _text("wire_credit"),
    _text("dateline"),
    Column("furniture", JSON, nullable=False),
    Column("offsets", LargeBinary),
    Column("copy_of", String, ForeignKey("documents.document_id", deferrable=True,
                                         initially="DEFERRED")),
    Column("story_id", String),
    Column("status", String, nullable=False),
    _text("error"),
    Column("read_at", Instant, nullable=False),
    _text("version"),  # name of the extractor, e.g. "rules-1"
    # Whether each of its statements stands in a claim; see `record.claims`.
    Column("compared", Boolean, nullable=False, server_default=false()),
    CheckConstraint("status IN ('read', 'skipped', 'failed')", name="documents_status"),
    Index("documents_published", "published"),
    Index("documents_publisher", "publisher"),
    Index("documents_story", "story_id"),
    Index("documents_copy_of", "copy_of"),
    Index("documents_uri", "uri"),
    Index("documents_compared", "compared"),
    # A report's row holds its text, so what all reports are counted by is kept beside it.
    Index("documents_counted", "number", "status", "publisher", "published", "copy_of",
          "document_id"),
)  # fmt: skip

sentences = Table(
    "sentences",
    metadata,
    _document(key=True),
    Column("index", Integer, primary_key=True),
    _start(),
    _start("end"),
    Column("paragraph", Integer, nullable=False),
    Column("is_title", Boolean, nullable=False),
)

actors = Table(
    "actors",
    metadata,
    Column("actor_id", String, primary_key=True),
    _text("name"),
    Column("kind", String, nullable=False),
    Column("country", String, nullable=False, server_default=""),
    Column("sector", String, nullable=False, server_default=""),
    Column("named", Boolean, nullable=False),
    Column("external_ids", JSON, nullable=False),  # [[scheme, identifier], ...]
    Index("actors_name", "name"),
    Index("actors_country", "country"),
)

# How often each spelling of an actor's name and each sector was read, so that
# its name can follow the most used one without counting the whole record.
actor_names = Table(
    "actor_names",
    metadata,
    Column("actor_id", String, ForeignKey("actors.actor_id", ondelete="CASCADE"),
           primary_key=True),
    Column("name", String, primary_key=True),
    Column("sector", String, primary_key=True),
    Column("n", Integer, nullable=False),
)  # fmt: skip

entities = Table(
    "entities",
    metadata,
    Column("entity_id", String, primary_key=True),
    _document(),
    _text("name"),
    Column("kind", String, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("country", String, nullable=False, server_default=""),
    Column("sector", String, nullable=False, server_default=""),
    Column("titles", JSON, nullable=False),  # ["Supreme Leader", ...]
    # Entities that a collective stands for ("the two governments"); never merged with it.
    Column("members", JSON, nullable=False, server_default="[]"),
    _actor("actor_id"),
    Index("entities_document", "document_id"),
    Index("entities_actor", "actor_id"),
)

identity_links = Table(
    "identity_links",
    metadata,
    Column("entity_id", String, ForeignKey("entities.entity_id", ondelete="CASCADE"),
           primary_key=True),
    Column("actor_id", String, ForeignKey("actors.actor_id", ondelete="CASCADE"),
           primary_key=True),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("how", String, nullable=False),
    Column("at", Instant, nullable=False),
    Index("identity_links_actor", "actor_id"),
)  # fmt: skip

aliases = Table(
    "aliases",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    _actor("actor_id"),
    Column("entity_id", String, ForeignKey("entities.entity_id", ondelete="CASCADE")),
    Column("alias", Text, nullable=False),
    Column("normal", Text, nullable=False),  # folded, for matching
    Column("how", String, nullable=False),
    Column("document_id", String, ForeignKey("documents.document_id", ondelete="CASCADE")),
    _start(nullable=True),
    _start("end", nullable=True),
    Index("aliases_actor", "actor_id"),
    Index("aliases_entity", "entity_id"),
    Index("aliases_document", "document_id"),
    Index("aliases_normal", "normal", "actor_id"),
)

places = Table(
    "places",
    metadata,
    Column("place_id", String, primary_key=True),
    _text("name"),
    Column("kind", String, nullable=False),
    Column("country", String, nullable=False, server_default=""),
    _text("admin1"),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonames_id", BigInteger),
    Index("places_name", "name"),
    Index("places_country", "country"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("mention_id", String, primary_key=True),
    _document(),
    _start(),
    _start("end"),
    _text("text"),
    _start("head_start"),
    _start("head_end"),
    Column("kind", String, nullable=False),
    Column("form", String, nullable=False),
    _entity("entity_id"),
    _actor("actor_id"),
    _place(),
    _confidence(),
    Index("mentions_document", "document_id", "start"),
    Index("mentions_entity", "entity_id"),
    Index("mentions_actor", "actor_id"),
    Index("mentions_place", "place_id"),
)

attributions = Table(
    "attributions",
    metadata,
    Column("attribution_id", String, primary_key=True),
    _document(),
    Column("sentence_index", Integer),
    _start("source_start", nullable=True),
    _start("source_end", nullable=True),
    _text("source_text"),
    _entity("source_entity_id"),
    _actor("source_actor_id"),
    _start("cue_start", nullable=True),
    _start("cue_end", nullable=True),
    _text("cue_text"),
    _start("content_start"),
    _start("content_end"),
    Column("content", JSON, nullable=False),  # stretches [[start, end], ...]
    _text("content_text"),  # the stretches, joined by " … "
    _text("chain_text"),  # "outlet < agency < speaker"
    Column("kind", String, nullable=False),
    Column("parent_id", String, ForeignKey("attributions.attribution_id", ondelete="CASCADE",
                                           deferrable=True, initially="DEFERRED")),
    _confidence(),
    Column("day", String),  # of publication, as lists sort by it
    CheckConstraint("kind IN ('direct', 'indirect', 'mixed')", name="attributions_kind"),
    Index("attributions_document", "document_id", "content_start"),
    Index("attributions_day", desc("day"), "document_id"),
    Index("attributions_confidence", "confidence", "attribution_id"),
    Index("attributions_source_actor", "source_actor_id"),
    Index("attributions_source_entity", "source_entity_id"),
    Index("attributions_parent", "parent_id"),
)  # fmt: skip

statements = Table(
    "statements",
    metadata,
    Column("statement_id", String, primary_key=True),
    _document(),
    Column("sentence_index", Integer),
    _start(),  # the sentence
    _start("end"),
    Column("kind", String, nullable=False),
    Column("type", String, nullable=False),
    Column("mode", String, nullable=False, server_default=""),
    Column("context", String, nullable=False, server_default=""),  # comma-separated, sorted as read
    _start("trigger_start"),
    _start("trigger_end"),
    _text("trigger_text"),
    _start("subject_start", nullable=True),
    _start("subject_end", nullable=True),
    _text("subject_text"),
    _entity("subject_entity_id"),
    _actor("subject_actor_id"),
    _start("object_start", nullable=True),
    _start("object_end", nullable=True),
    _text("object_text"),
    _entity("object_entity_id"),
    _actor("object_actor_id"),
    Column("value_low", Float),
    Column("value_high", Float),
    Column("unit", String, nullable=False, server_default=""),
    Column("bound", String, nullable=False, server_default=""),
    _start("counted_start", nullable=True),
    _start("counted_end", nullable=True),
    _text("counted"),
    _start("time_start", nullable=True),
    _start("time_end", nullable=True),
    _text("time_text"),
    Column("date_from", Instant),
    Column("date_to", Instant),
    Column("date_precision", String, nullable=False, server_default=""),
    _start("place_start", nullable=True),
    _start("place_end", nullable=True),
    _text("place_text"),
    _place(),
    Column("factuality", String, nullable=False),
    Column("attribution_id", String, ForeignKey("attributions.attribution_id", deferrable=True,
                                                initially="DEFERRED")),
    Column("accusation_id", String, ForeignKey("statements.statement_id", deferrable=True,
                                               initially="DEFERRED")),
    _confidence(),
    # First and last day as lists sort by them: those of the text, else of the report. Another
    # table holds the latter, and no index spans two.
    Column("day", String),
    Column("until", String),
    CheckConstraint("kind IN ('event', 'relation', 'quantity')", name="statements_kind"),
    CheckConstraint(
        "factuality IN ('asserted', 'denied', 'planned', 'possible', 'conditional')",
        name="statements_factuality",
    ),
    Index("statements_document", "document_id", "start"),
    Index("statements_type", "kind", "type", "mode", "factuality"),
    Index("statements_days", "kind", desc("day"), "document_id", "start", "statement_id", "until",
          "type", "confidence"),
    Index("statements_confidence", "kind", "confidence", "statement_id"),
    # Which reports state what, with whom and where, without reading the rows.
    Index("statements_stated", "kind", "type", "document_id", "confidence"),
    Index("statements_who", "subject_actor_id", "kind", "document_id", "confidence"),
    Index("statements_whom", "object_actor_id", "kind", "document_id", "confidence"),
    Index("statements_where", "place_id", "kind", "document_id", "confidence"),
    Index("statements_subject_entity", "subject_entity_id"),
    Index("statements_object_entity", "object_entity_id"),
    Index("statements_place_words", text("lower(place_text)")),
    Index("statements_attribution", "attribution_id"),
    # Few have one: counted among all, SQLite takes any of them for half of the table.
    Index("statements_accused", "accusation_id", sqlite_where=text("accusation_id IS NOT NULL")),
)  # fmt: skip

CITED = text("position > 0")
"""Holds for the links of a chain behind the outlet; written out, so that its indexes are taken."""

chain = Table(
    "chain",
    metadata,
    Column("statement_id", String, ForeignKey("statements.statement_id", ondelete="CASCADE"),
           primary_key=True),
    Column("position", Integer, primary_key=True),  # 0 is the outlet
    _entity("entity_id"),
    _actor("actor_id"),
    Column("name", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("named", Boolean, nullable=False),
    _start(nullable=True),
    _start("end", nullable=True),
    Column("document_id", String),  # of the statement, so that one index counts reports
    CheckConstraint("role IN ('outlet', 'agency', 'speaker')", name="chain_role"),
    Index("chain_actor", "actor_id"),
    Index("chain_entity", "entity_id"),
    # The outlet, at position 0, is that of the report, and found there.
    Index("chain_cited_words", text("lower(name)"), "statement_id",
          sqlite_where=CITED, postgresql_where=CITED),
    Index("chain_cited", "role", "actor_id", "name", "document_id", "statement_id",
          sqlite_where=CITED, postgresql_where=CITED),
)  # fmt: skip

# A claim's fields are those of its head, the statement that says it best. Claims of
# one component are formed together: a new statement that belongs with any of them
# may join or split them all.
claims = Table(
    "claims",
    metadata,
    Column("claim_id", String, primary_key=True),
    Column("component", String, nullable=False),
    Column("head_statement_id", String, ForeignKey("statements.statement_id", ondelete="CASCADE"),
           nullable=False),
    Column("kind", String, nullable=False),
    Column("type", String, nullable=False),
    Column("mode", String, nullable=False, server_default=""),
    _actor("subject_actor_id"),
    _actor("object_actor_id"),
    _text("counted"),
    _place(),
    Column("date_from", Instant),
    Column("date_to", Instant),
    Column("value_low", Float),
    Column("value_high", Float),
    Column("unit", String, nullable=False, server_default=""),
    Column("status", String, nullable=False),
    _text("reason"),  # why this status, one sentence
    Column("n_statements", Integer, nullable=False),
    Column("n_documents", Integer, nullable=False),
    Column("n_sources", Integer, nullable=False),
    Column("independence", String, nullable=False),
    # As those of statements; the report is that of the head.
    Column("day", String),
    Column("until", String),
    # Of the surest statement that supports it, 1 when a person vouched for one.
    Column("confidence", Float, nullable=False, server_default=text("0")),
    CheckConstraint(
        "status IN ('single_source', 'corroborated', 'disputed', 'retracted')",
        name="claims_status",
    ),
    CheckConstraint(
        "independence IN ('established', 'partly', 'not_established')",
        name="claims_independence",
    ),
    Index("claims_type", "kind", "type"),
    Index("claims_standing", "status", desc("n_sources"), desc("n_documents"), desc("day"),
          "claim_id", "until", "kind", "type", "confidence"),
    Index("claims_sources", desc("n_sources"), desc("n_documents"), desc("day"), "claim_id",
          "confidence"),
    Index("claims_day", desc("day"), "claim_id", "confidence"),
    Index("claims_subject", "subject_actor_id"),
    Index("claims_object", "object_actor_id"),
    Index("claims_component", "component"),
    Index("claims_head", "head_statement_id"),
)  # fmt: skip

claim_statements = Table(
    "claim_statements",
    metadata,
    Column("claim_id", String, ForeignKey("claims.claim_id", ondelete="CASCADE"),
           primary_key=True),
    Column("statement_id", String, ForeignKey("statements.statement_id", ondelete="CASCADE"),
           primary_key=True),
    Column("stance", String, nullable=False),
    _text("reason"),  # what sets it apart from the head, in plain words
    _text("origin"),  # on whose word; statements of equal origin count once
    _text("origin_name"),
    CheckConstraint("stance IN ('supports', 'denies', 'differs')", name="claim_statements_stance"),
    Index("claim_statements_statement", "statement_id"),
)  # fmt: skip

# Append-only but for `undone_by` and `applies_to`. `target_id` is the row the
# reviewer saw and has no foreign key: the row may go when the text is read
# anew. `snapshot` says what it was, so that replay can find its successor;
# `applies_to` is the row found, null when there is none.
reviews = Table(
    "reviews",
    metadata,
    Column("review_id", String, primary_key=True),
    Column("number", _NUMBER, nullable=False, unique=True),  # order of arrival
    Column("target_kind", String, nullable=False),
    Column("target_id", String, nullable=False),
    Column("document_id", String),  # of the target, null for actors
    Column("applies_to", String),
    Column("verdict", String, nullable=False),
    Column("field", String, nullable=False, server_default=""),
    Column("old", Text),
    Column("new", Text),
    _text("reviewer"),
    Column("at", Instant, nullable=False),
    _text("note"),
    Column("undone_by", String),
    Column("snapshot", JSON, nullable=False),
    # What was said of several rows at once has one name, and can be taken back at once.
    Column("batch", String, nullable=False, server_default=""),
    Index("reviews_target", "target_id"),
    Index("reviews_applies_to", "applies_to"),
    Index("reviews_document", "document_id"),
    Index("reviews_batch", "batch"),
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),  # null: running, or killed
    _text("version"),
    Column("settings", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
)

# Near copies: the signature of each text (`read.copies`, packed as 32-bit
# integers) and a row for each band of it, so that candidates are found by one
# indexed look-up. Bands name documents by number, a fifth of the room of an id.
signatures = Table(
    "signatures",
    metadata,
    _document(key=True),
    Column("signature", LargeBinary, nullable=False),
)

copy_bands = Table(
    "copy_bands",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
