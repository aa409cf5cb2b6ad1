"""The store: SQLite for one computer, Postgres for an office. The only room that speaks SQL."""
