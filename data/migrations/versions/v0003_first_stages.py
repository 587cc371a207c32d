"""First stages of projects: the first grant, its periods and the chance of its gate."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLOAT: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")


def upgrade() -> None:
    """Add what a project can show before the rest of its grant is given."""
    op.add_column("project", sa.Column("first_grant", WHOLE, nullable=True))
    op.add_column("project", sa.Column("first_periods", sa.Integer(), nullable=True))
    op.add_column("project", sa.Column("first_chance", FLOAT, nullable=True))


def downgrade() -> None:
    """Take it away again, with what it holds."""
    for name in ("first_chance", "first_periods", "first_grant"):
        op.drop_column("project", name)
