"""Inside Slack: workspaces, what people settle for themselves, who left and who is a guest"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("erase_at", UTCDateTime(), nullable=True),
        sa.Column("doc", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "draft",
        sa.Column("id", AutoString(), nullable=False),
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("doc", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index("ix_draft_workspace", "draft", ["workspace"])
    # not in a batch: that may make the table anew, and others refer to these
    op.add_column("summary", sa.Column("reader_id", AutoString(), nullable=True))
    op.add_column("person", sa.Column("left_at", UTCDateTime(), nullable=True))
    op.add_column("person", sa.Column("guest", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("preferences", sa.JSON(), nullable=True))


def downgrade() -> None:
    for column in ("preferences", "guest", "left_at"):
        op.drop_column("person", column)
    op.drop_column("summary", "reader_id")
    op.drop_table("draft")
    op.drop_table("workspace")
