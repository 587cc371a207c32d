"""Versions, parts and later starts of projects; rates and fees of sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add what a project may be chosen as, and what a source pays of it."""
    op.add_column("project", sa.Column("least_share", sa.Text(), nullable=True))
    op.add_column("project", sa.Column("latest_start", sa.Text(), nullable=True))
    op.add_column("project", _text("waiting_loss"))
    op.add_column("source", _text("fee"))
    _part(
        "project_version",
        "project",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cost", WHOLE, nullable=False),
        sa.Column("grant_asked", WHOLE, nullable=False),
        sa.Column("worth", sa.Text(), nullable=False),
    )
    _part(
        "source_rate",
        "source",
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("share", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Take them away again, with what they hold."""
    op.drop_table("source_rate")
    op.drop_table("project_version")
    op.drop_column("source", "fee")
    for name in ("waiting_loss", "latest_start", "least_share"):
        op.drop_column("project", name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="0")


def _part(name: str, owner: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("cluster_id", sa.Text(), nullable=False),
        sa.Column(f"{owner}_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["cluster_id", f"{owner}_id"],
            [f"{owner}.cluster_id", f"{owner}.id"],
            name=op.f(f"fk_{name}_{owner}"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("cluster_id", f"{owner}_id", "position", name=op.f(f"pk_{name}")),
        sqlite_strict=True,
    )
