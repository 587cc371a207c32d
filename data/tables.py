"""The tables of the store. Money is integer cents, days are ISO text, exact numbers are text.

SQLite keeps them STRICT, so that a column holds what it says; nothing else here is SQLite's own.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import REAL, TypeEngine

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

WHOLE = BigInteger().with_variant(Integer, "sqlite")
FLOAT: TypeEngine[float] = Double().with_variant(REAL, "sqlite")


def _text(name: str, primary_key: bool = False, since: str | None = None) -> Column[str]:
    """Text; `since` is what rows hold that were there before the column was."""
    return Column(name, Text, nullable=False, primary_key=primary_key, server_default=since)


def _maybe_text(name: str) -> Column[str]:
    return Column(name, Text)


def _flag(name: str) -> Column[int]:
    """0 or 1: a strict table has no booleans."""
    return Column(name, Integer, nullable=False)


def _table(name: str, *items: SchemaItem) -> Table:
    return Table(name, metadata, *items, sqlite_strict=True)


def _part(name: str, owner: str, *items: SchemaItem) -> Table:
    """A table of what a project or a source has many of, in order."""
    return _table(
        name,
        _text("cluster_id", primary_key=True),
        _text(f"{owner}_id", primary_key=True),
        Column("position", Integer, primary_key=True),
        *items,
        ForeignKeyConstraint(
            ["cluster_id", f"{owner}_id"],
            [f"{owner}.cluster_id", f"{owner}.id"],
            ondelete="CASCADE",
        ),
    )


def _of_cluster() -> Column[str]:
    return Column("cluster_id", Text, ForeignKey("cluster.id"), primary_key=True)


cluster = _table(
    "cluster",
    _text("id", primary_key=True),
    Column("position", Integer, nullable=False),
    Column("alias", Text, unique=True),
    Column("revision", WHOLE, nullable=False),
    _text("name"),
    _text("currency"),
    _text("calendar_start"),
    Column("calendar_months", Integer, nullable=False),
    Column("calendar_count", Integer, nullable=False),
    _text("purpose"),
    Column("discount_rate", FLOAT, nullable=False),
    _maybe_text("next_board"),
    _flag("fictional"),
)

organization = _table(
    "organization",
    _of_cluster(),
    _text("id", primary_key=True),
    Column("position", Integer, nullable=False),
    _text("name"),
    _text("role"),
    _text("size"),
    _text("undertaking"),
    _text("sector"),
    _text("region"),
    _text("country"),
    _flag("newcomer"),
    _flag("on_board"),
)

member = _table(
    "member",
    _of_cluster(),
    _text("id", primary_key=True),
    Column("position", Integer, nullable=False),
    _text("name"),
    _text("organization"),
    _flag("chair"),
)

criterion = _table(
    "criterion",
    _of_cluster(),
    _text("id", primary_key=True),
    Column("position", Integer, nullable=False),
    _text("name"),
    Column("swing", FLOAT, nullable=False),
    _text("measure"),
    _text("shape"),
    _text("question"),
)

criterion_anchor = _part(
    "criterion_anchor",
    "criterion",
    Column("level", FLOAT, nullable=False),
    Column("value", FLOAT, nullable=False),
    _text("text"),
)

# Judgements outlive the project, member and criterion they speak of: an undo brings those back.
judgement = _table(
    "judgement",
    _of_cluster(),
    _text("member_id", primary_key=True),
    _text("project_id", primary_key=True),
    _text("criterion_id", primary_key=True),
    Column("position", Integer, nullable=False),
    Column("level", FLOAT),
    _flag("interest"),
)

project = _table(
    "project",
    _of_cluster(),
    _text("id", primary_key=True),
    _text("name"),
    Column("cost", WHOLE, nullable=False),
    # "grant" is a word of SQL.
    Column("grant_asked", WHOLE, nullable=False),
    _flag("cost_known"),
    _text("summary"),
    _text("status"),
    _text("lead"),
    _text("leader"),
    _text("theme"),
    _maybe_text("scope"),
    _text("region"),
    _text("technology"),
    _flag("international"),
    _flag("newcomer"),
    Column("payoff_low", WHOLE),
    Column("payoff_likely", WHOLE),
    Column("payoff_high", WHOLE),
    Column("launch_cost", WHOLE, nullable=False),
    Column("p_technical", FLOAT),
    Column("p_commercial", FLOAT),
    Column("benefit", FLOAT),
    Column("months_to_payoff", Integer),
    _maybe_text("start_on"),
    _maybe_text("end_on"),
    _text("rating"),
    _maybe_text("closed_on"),
    Column("outcome_payoff", WHOLE),
    Column("outcome_spent", WHOLE),
    Column("outcome_success", Integer),
    _maybe_text("outcome_reason"),
    _maybe_text("outcome_lesson"),
    _maybe_text("least_share"),
    _maybe_text("latest_start"),
    _text("waiting_loss", since="0"),
    Column("first_grant", WHOLE),
    Column("first_periods", Integer),
    Column("first_chance", FLOAT),
)

project_partner = _part("project_partner", "project", _text("organization"), _flag("active"))

project_cash = _part(
    "project_cash",
    "project",
    Column("year", Integer, nullable=False),
    Column("amount", WHOLE, nullable=False),
    Column("p_pass", FLOAT, nullable=False),
)

project_spend = _part("project_spend", "project", Column("share", WHOLE, nullable=False))

project_resource = _part("project_resource", "project", _text("resource"), _text("amount"))

project_source = _part("project_source", "project", _text("source"))

project_version = _part(
    "project_version",
    "project",
    _text("name"),
    Column("cost", WHOLE, nullable=False),
    Column("grant_asked", WHOLE, nullable=False),
    _text("worth"),
)

project_milestone = _part(
    "project_milestone",
    "project",
    _text("name"),
    _text("baseline"),
    _maybe_text("forecast"),
    _maybe_text("done"),
    _flag("gate"),
)

project_report = _part(
    "project_report",
    "project",
    _text("reported_on"),
    Column("complete", FLOAT, nullable=False),
    Column("spent", WHOLE, nullable=False),
    _maybe_text("forecast_end"),
    _text("rating"),
    _text("note"),
)

scenario = _table(
    "scenario",
    _of_cluster(),
    _text("name"),
    _text("aim"),
    _text("method"),
    Column("payoff_weight", FLOAT, nullable=False),
    Column("caution", FLOAT, nullable=False),
    _text("off"),
    _maybe_text("read_on"),
    _maybe_text("stay_close"),
)

source = _table(
    "source",
    _of_cluster(),
    _text("id", primary_key=True),
    Column("position", Integer, nullable=False),
    _text("name"),
    _flag("carry_over"),
    _flag("public"),
    _text("note"),
    _text("fee", since="0"),
)

source_budget = _part("source_budget", "source", Column("cents", WHOLE, nullable=False))

source_rate = _part("source_rate", "source", _text("lead"), _text("share"))

# kind: theme, scope or lead role.
source_condition = _part("source_condition", "source", _text("kind"), _text("value"))

rule = _table(
    "rule",
    _of_cluster(),
    Column("position", Integer, primary_key=True),
    _text("rule_id"),
    _text("kind"),
    _text("body"),
)

profile = _table(
    "import_profile",
    _text("name", primary_key=True),
    _text("body"),
    _text("saved_by"),
    _text("saved_at"),
)

change = _table(
    "change",
    Column("id", WHOLE, primary_key=True, autoincrement=True),
    Column("cluster_id", Text, ForeignKey("cluster.id"), nullable=False, index=True),
    _text("made_at"),
    _text("made_by"),
    _text("sentence"),
    Column("undo_of", WHOLE, ForeignKey("change.id")),
)

# before and after are JSON; NULL where the thing was not, or is no more.
change_entry = _table(
    "change_entry",
    Column("change_id", WHOLE, ForeignKey("change.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("entity"),
    _text("entity_id"),
    _maybe_text("before"),
    _maybe_text("after"),
)

# The pool is kept as compressed canonical JSON, once for all decisions that saw the same one.
decision_pool = _table(
    "decision_pool",
    _text("fingerprint", primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

decision = _table(
    "decision",
    Column("id", WHOLE, primary_key=True, autoincrement=True),
    Column("cluster_id", Text, ForeignKey("cluster.id"), nullable=False, index=True),
    _text("title"),
    _text("made_by"),
    _text("why"),
    _text("made_at"),
    _text("scenario"),
    _text("selection"),
    Column("pool", Text, ForeignKey("decision_pool.fingerprint"), nullable=False),
    _text("previous"),
    Column("fingerprint", Text, nullable=False, unique=True),
)

PROJECT_PARTS = (
    project_partner,
    project_cash,
    project_spend,
    project_resource,
    project_source,
    project_version,
    project_milestone,
    project_report,
)
