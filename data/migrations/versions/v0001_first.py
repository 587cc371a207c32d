"""The first tables: clusters with their projects, people and question, the log and the decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLOAT: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")
TABLES = (
    "source_condition",
    "source_budget",
    "project_spend",
    "project_source",
    "project_resource",
    "project_report",
    "project_partner",
    "project_milestone",
    "project_cash",
    "criterion_anchor",
    "change_entry",
    "source",
    "scenario",
    "rule",
    "project",
    "organization",
    "member",
    "judgement",
    "decision",
    "criterion",
    "change",
    "import_profile",
    "decision_pool",
    "cluster",
)
KEPT_FOR_GOOD = ("change", "change_entry", "decision_pool", "decision")


def upgrade() -> None:
    """Create every table. The log and the decisions refuse to be changed."""
    op.create_table(
        "cluster",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=True),
        sa.Column("revision", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("calendar_start", sa.Text(), nullable=False),
        sa.Column("calendar_months", sa.Integer(), nullable=False),
        sa.Column("calendar_count", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("discount_rate", FLOAT, nullable=False),
        sa.Column("next_board", sa.Text(), nullable=True),
        sa.Column("fictional", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
        sa.UniqueConstraint("alias", name=op.f("uq_cluster_alias")),
        sqlite_strict=True,
    )
    op.create_table(
        "decision_pool",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_decision_pool")),
        sqlite_strict=True,
    )
    op.create_table(
        "import_profile",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_import_profile")),
        sqlite_strict=True,
    )
    op.create_table(
        "change",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("undo_of", WHOLE, nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_change_cluster")),
        sa.ForeignKeyConstraint(["undo_of"], ["change.id"], name=op.f("fk_change_change")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_change_cluster_id"), "change", ["cluster_id"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("swing", FLOAT, nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_criterion_cluster")),
        sa.PrimaryKeyConstraint("cluster_id", "id", name=op.f("pk_criterion")),
        sqlite_strict=True,
    )
    op.create_table(
        "decision",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_decision_cluster")),
        sa.ForeignKeyConstraint(
            ["pool"], ["decision_pool.fingerprint"], name=op.f("fk_decision_decision_pool")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_decision_fingerprint")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_decision_cluster_id"), "decision", ["cluster_id"], unique=False)

    op.create_table(
        "judgement",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("criterion_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", FLOAT, nullable=True),
        sa.Column("interest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_judgement_cluster")),
        sa.PrimaryKeyConstraint(
            "cluster_id", "member_id", "project_id", "criterion_id", name=op.f("pk_judgement")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "member",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("chair", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_member_cluster")),
        sa.PrimaryKeyConstraint("cluster_id", "id", name=op.f("pk_member")),
        sqlite_strict=True,
    )
    op.create_table(
        "organization",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("undertaking", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("newcomer", sa.Integer(), nullable=False),
        sa.Column("on_board", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name=op.f("fk_organization_cluster")
        ),
        sa.PrimaryKeyConstraint("cluster_id", "id", name=op.f("pk_organization")),
        sqlite_strict=True,
    )
    op.create_table(
        "project",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.Column("grant_asked", WHOLE, nullable=False),
        sa.Column("cost_known", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("international", sa.Integer(), nullable=False),
        sa.Column("newcomer", sa.Integer(), nullable=False),
        sa.Column("payoff_low", WHOLE, nullable=True),
        sa.Column("payoff_likely", WHOLE, nullable=True),
        sa.Column("payoff_high", WHOLE, nullable=True),
        sa.Column("launch_cost", WHOLE, nullable=False),
        sa.Column("p_technical", FLOAT, nullable=True),
        sa.Column("p_commercial", FLOAT, nullable=True),
        sa.Column("benefit", FLOAT, nullable=True),
        sa.Column("months_to_payoff", sa.Integer(), nullable=True),
        sa.Column("start_on", sa.Text(), nullable=True),
        sa.Column("end_on", sa.Text(), nullable=True),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("outcome_payoff", WHOLE, nullable=True),
        sa.Column("outcome_spent", WHOLE, nullable=True),
        sa.Column("outcome_success", sa.Integer(), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=True),
        sa.Column("outcome_lesson", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_project_cluster")),
        sa.PrimaryKeyConstraint("cluster_id", "id", name=op.f("pk_project")),
        sqlite_strict=True,
    )
    op.create_table(
        "rule",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_rule_cluster")),
        sa.PrimaryKeyConstraint("cluster_id", "position", name=op.f("pk_rule")),
        sqlite_strict=True,
    )
    op.create_table(
        "scenario",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payoff_weight", FLOAT, nullable=False),
        sa.Column("caution", FLOAT, nullable=False),
        sa.Column("off", sa.Text(), nullable=False),
        sa.Column("read_on", sa.Text(), nullable=True),
        sa.Column("stay_close", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_scenario_cluster")),
        sa.PrimaryKeyConstraint("cluster_id", name=op.f("pk_scenario")),
        sqlite_strict=True,
    )
    op.create_table(
        "source",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("carry_over", sa.Integer(), nullable=False),
        sa.Column("public", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cluster_id"], ["cluster.id"], name=op.f("fk_source_cluster")),
        sa.PrimaryKeyConstraint("cluster_id", "id", name=op.f("pk_source")),
        sqlite_strict=True,
    )
    op.create_table(
        "change_entry",
        sa.Column("change_id", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_entry_change")),
        sa.PrimaryKeyConstraint("change_id", "position", name=op.f("pk_change_entry")),
        sqlite_strict=True,
    )
    op.create_table(
        "criterion_anchor",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("criterion_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", FLOAT, nullable=False),
        sa.Column("value", FLOAT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "criterion_id"],
            ["criterion.cluster_id", "criterion.id"],
            name=op.f("fk_criterion_anchor_criterion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "criterion_id", "position", name=op.f("pk_criterion_anchor")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "project_cash",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", WHOLE, nullable=False),
        sa.Column("p_pass", FLOAT, nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "project_id"],
            ["project.cluster_id", "project.id"],
            name=op.f("fk_project_cash_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "project_id", "position", name=op.f("pk_project_cash")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "project_milestone",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Text(), nullable=False),
        sa.Column("forecast", sa.Text(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("gate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "project_id"],
            ["project.cluster_id", "project.id"],
            name=op.f("fk_project_milestone_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "project_id", "position", name=op.f("pk_project_milestone")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "project_partner",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organization", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "project_id"],
            ["project.cluster_id", "project.id"],
            name=op.f("fk_project_partner_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "project_id", "position", name=op.f("pk_project_partner")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "project_report",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Text(), nullable=False),
        sa.Column("complete", FLOAT, nullable=False),
        sa.Column("spent", WHOLE, nullable=False),
        sa.Column("forecast_end", sa.Text(), nullable=True),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "project_id"],
            ["project.cluster_id", "project.id"],
            name=op.f("fk_project_report_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "project_id", "position", name=op.f("pk_project_report")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "project_resource",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("resource", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "project_id"],
            ["project.cluster_id", "project.id"],
            name=op.f("fk_project_resource_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "project_id", "position", name=op.f("pk_project_resource")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "project_source",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "project_id"],
            ["project.cluster_id", "project.id"],
            name=op.f("fk_project_source_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "project_id", "position", name=op.f("pk_project_source")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "project_spend",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("share", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "project_id"],
            ["project.cluster_id", "project.id"],
            name=op.f("fk_project_spend_project"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "project_id", "position", name=op.f("pk_project_spend")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "source_budget",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cents", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "source_id"],
            ["source.cluster_id", "source.id"],
            name=op.f("fk_source_budget_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "source_id", "position", name=op.f("pk_source_budget")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "source_condition",
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id", "source_id"],
            ["source.cluster_id", "source.id"],
            name=op.f("fk_source_condition_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "cluster_id", "source_id", "position", name=op.f("pk_source_condition")
        ),
        sqlite_strict=True,
    )
    if op.get_context().dialect.name == "sqlite":
        _keep_for_good()


def _keep_for_good() -> None:
    for table in KEPT_FOR_GOOD:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is kept as it was'); END"
            )


def downgrade() -> None:
    """Drop every table, and the triggers with them."""
    for table in TABLES:
        op.drop_table(table)
