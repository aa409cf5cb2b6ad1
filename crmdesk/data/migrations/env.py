"""What Alembic runs: the steps that are missing, on the connection and in the transaction it is given."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    transactional_ddl=True,  # SQLite can take back a CREATE TABLE, whatever Alembic assumes of it
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
