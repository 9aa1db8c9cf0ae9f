"""What several processes on one PostgreSQL agree on: shards, turns, jobs, and what each changed.

All times are the database's, so that no process's clock matters.
"""
