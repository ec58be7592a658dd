"""Alembic's environment: run migrations on the connection that `migrate.py` passes."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    version_table=context.config.attributes["version_table"],
    version_table_schema=context.config.attributes["version_table_schema"],
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
