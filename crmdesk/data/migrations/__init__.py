"""The schema's history, one file a step (Alembic). A step stands alone: it imports nothing of crmdesk.

A step that changes an audited table makes its triggers anew (they name every column; `python -m
tests.data.migration_sql TABLE` prints them), and grants a new table to the office's group on Postgres (the setting
`user_group`).
`schema.SCHEMA` grows by one with each step; tests/data/test_migrations.py holds steps and tables to the same shape.
"""
