"""The schema's history, one file a step (Alembic). A step stands alone: it imports nothing of crmdesk."""
