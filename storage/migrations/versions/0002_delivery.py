"""Delivery: a pace for each workspace, numbered claims, messages of which it is not known whether they arrived"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INBOX_OPEN = sa.text("state IN ('waiting', 'working')")
ASIDE = sa.text("state = 'aside'")
OUTBOX_OPEN = sa.text("state IN ('waiting', 'sending')")
TROUBLE = sa.text("state IN ('failed', 'skipped')")


def index(batch: object, name: str, columns: list[str], where: object) -> None:
    batch.create_index(name, columns, unique=False, sqlite_where=where, postgresql_where=where)  # type: ignore[attr-defined]


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("workspace", AutoString(), nullable=False),
        sa.Column("method", AutoString(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("top", sa.Float(), nullable=True),
        sa.Column("complained_at", UTCDateTime(), nullable=True),
        sa.Column("blocked_until", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "method", name=op.f("pk_pace")),
    )
    op.drop_index("ix_inbox_open", table_name="inbox")
    op.drop_index("ix_outbox_open", table_name="outbox")
    with op.batch_alter_table("inbox", schema=None) as batch:
        batch.add_column(sa.Column("said", sa.Float(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("inbox", schema=None) as batch:
        index(batch, "ix_inbox_open", ["workspace", "slack_user", "said", "id"], INBOX_OPEN)
        index(batch, "ix_inbox_aside", ["id"], ASIDE)
    with op.batch_alter_table("outbox", schema=None) as batch:
        batch.add_column(sa.Column("claimed_at", UTCDateTime(), nullable=True))
        batch.add_column(sa.Column("unsure_since", UTCDateTime(), nullable=True))
        batch.add_column(sa.Column("ended_at", UTCDateTime(), nullable=True))
    with op.batch_alter_table("outbox", schema=None) as batch:
        index(batch, "ix_outbox_open", ["workspace", "lane", "id"], OUTBOX_OPEN)
        index(batch, "ix_outbox_queue", ["workspace", "channel", "id"], OUTBOX_OPEN)
        index(batch, "ix_outbox_trouble", ["ended_at"], TROUBLE)
        batch.create_index("ix_outbox_claimed_at", ["claimed_at"], unique=False)
        batch.create_index("ix_outbox_delivery_id", ["delivery_id"], unique=False)

    op.drop_index("ix_commitment_person_id", table_name="commitment")
    with op.batch_alter_table("commitment", schema=None) as batch:
        batch.create_index("ix_commitment_person_id_made_at", ["person_id", "made_at"], unique=False)
        index(batch, "ix_commitment_open", ["person_id", "due_at"], sa.text("outcome IS NULL"))


def downgrade() -> None:
    for name in ("ix_commitment_open", "ix_commitment_person_id_made_at"):
        op.drop_index(name, table_name="commitment")
    op.create_index("ix_commitment_person_id", "commitment", ["person_id"])
    for name in (
        "ix_outbox_delivery_id",
        "ix_outbox_claimed_at",
        "ix_outbox_trouble",
        "ix_outbox_queue",
        "ix_outbox_open",
    ):
        op.drop_index(name, table_name="outbox")
    for name in ("ix_inbox_aside", "ix_inbox_open"):
        op.drop_index(name, table_name="inbox")
    for column in ("ended_at", "unsure_since", "claimed_at"):
        op.drop_column("outbox", column)
    for column in ("failures", "said"):
        op.drop_column("inbox", column)
    with op.batch_alter_table("inbox", schema=None) as batch:
        index(batch, "ix_inbox_open", ["workspace", "slack_user", "id"], INBOX_OPEN)
    with op.batch_alter_table("outbox", schema=None) as batch:
        index(batch, "ix_outbox_open", ["lane", "id"], OUTBOX_OPEN)
    op.drop_table("pace")
