"""The first tables, their search index, the triggers of the log, and a view for each kind of record."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# The fields that the view of each kind shows besides those that every record has.
VIEWS = {
    "actor": ("name", "kind", "country", "of", "role"),
    "statement": ("speaker", "mode", "addressee", "date", "within"),
    "proposal": ("kind", "label", "place", "status"),
    "position": ("actor", "proposal", "stance", "according_to"),
    "commitment": ("kind", "actor", "toward", "deadline", "according_to"),
    "event": ("type", "mode", "date", "place", "modality", "according_to"),
    "time": ("type", "value"),
    "place": ("name", "country", "latitude", "longitude", "geonames"),
}


def upgrade() -> None:
    """Makes everything."""
    _texts_and_readings()
    _sources_and_copies()
    _decisions()
    if op.get_bind().dialect.name == "sqlite":
        _in_sqlite()
    else:
        _in_postgresql()
    for kind, fields in VIEWS.items():
        op.execute(sa.text(_view(kind, fields).replace(":", "\\:")))


def _key(name: str = "number") -> sa.Column[int]:
    return sa.Column(name, NUMBER, autoincrement=False, nullable=False)


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _refers(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)


def _texts_and_readings() -> None:
    optional = [_text(name) for name in ("title", "outlet", "url", "published")]
    op.create_table(
        "reports", _key(), _text("id", nullable=False), _text("text", nullable=False), *optional, _text("language"),
        _text("source", nullable=False), _text("added", nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reports"), sa.UniqueConstraint("id", name="uq_reports_id"),
    )  # fmt: skip
    optional = [_text(name) for name in ("title", "outlet", "url", "published")]
    op.create_table(
        "appearances", _key(), _key("report"), _text("source", nullable=False), *optional,
        _text("added", nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_appearances"), _refers("appearances", "report", "reports.number"),
    )  # fmt: skip
    op.create_index("ix_appearances_report", "appearances", ["report"])
    plain = [_text(name, nullable=False) for name in ("truceline", "model", "model_sha256", "sha256", "added")]
    op.create_table(
        "readings", _key(), _key("report"), *plain,
        sa.PrimaryKeyConstraint("number", name="pk_readings"), _refers("readings", "report", "reports.number"),
        sa.UniqueConstraint("report", name="uq_readings_report"),
    )  # fmt: skip
    op.create_table(
        "records", _key(), _key("reading"), _text("kind", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False), _text("id"),
        sa.Column("start", NUMBER), sa.Column("end", NUMBER), sa.Column("confidence", sa.Float(53)),
        _text("record", nullable=False), sa.PrimaryKeyConstraint("number", name="pk_records"),
        _refers("records", "reading", "readings.number", ondelete="CASCADE"),
        sa.UniqueConstraint("reading", "kind", "position", name="uq_records_reading_kind_position"),
    )  # fmt: skip


def _sources_and_copies() -> None:
    op.create_table(
        "copies", _key("report"), _key("of"), sa.Column("likeness", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_copies"), _refers("copies", "report", "reports.number"),
        _refers("copies", "of", "reports.number"),
    )  # fmt: skip
    op.create_index("ix_copies_of", "copies", ["of"])
    op.create_table(
        "signatures", _key("report"), sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_signatures"), _refers("signatures", "report", "reports.number"),
    )  # fmt: skip
    state = [_text(name) for name in ("etag", "last_modified", "checked", "position")]
    op.create_table(
        "sources", _text("source", nullable=False), *state, sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_sources"),
    )  # fmt: skip


def _decisions() -> None:
    said = [_text(name) for name in ("kind", "anchor", "value", "why")]
    op.create_table(
        "decisions", _key(), *[_text(name, nullable=False) for name in ("at", "who", "action")],
        sa.Column("report", NUMBER), *said, sa.Column("undoes", NUMBER),
        sa.PrimaryKeyConstraint("number", name="pk_decisions"), _refers("decisions", "report", "reports.number"),
        _refers("decisions", "undoes", "decisions.number"),
    )  # fmt: skip
    op.create_index("ix_decisions_report", "decisions", ["report"])


def _in_sqlite() -> None:
    """The index keeps no copy of the words; its rows bear the numbers of reports and of records."""
    for table in ("report_words", "record_words"):
        op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(words, content='', tokenize='ascii')")
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER decisions_no_{verb.lower()} BEFORE {verb} ON decisions "
            "BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END"
        )


def _in_postgresql() -> None:
    for table, target in (("report_words", "reports"), ("record_words", "records")):
        op.execute(
            f"CREATE TABLE {table} (number bigint PRIMARY KEY REFERENCES {target} ON DELETE CASCADE, "
            "words tsvector NOT NULL)"
        )
        op.execute(f"CREATE INDEX ix_{table}_words ON {table} USING gin (words)")
    op.execute(
        "CREATE FUNCTION decisions_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log of decisions is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions "
        "FOR EACH STATEMENT EXECUTE FUNCTION decisions_stay()"
    )


def _view(kind: str, fields: tuple[str, ...]) -> str:
    lite = op.get_bind().dialect.name == "sqlite"
    wanted = [
        (f"json_extract(c.record, '$.{field}')" if lite else f"c.record::json ->> '{field}'") + f' AS "{field}"'
        for field in fields
    ]
    shown = ", ".join(["r.id AS report", "c.id", *wanted, 'c.start, c."end"', "c.confidence"])
    return (
        f"CREATE VIEW {kind}s AS SELECT {shown}, c.record, g.model_sha256, g.truceline AS version FROM records c "
        f"JOIN readings g ON g.number = c.reading JOIN reports r ON r.number = g.report WHERE c.kind = '{kind}'"
    )
