"""What is kept, in SQL that SQLite and PostgreSQL both take: schema, migrations, queries. Never any text."""
