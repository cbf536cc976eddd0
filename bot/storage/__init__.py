"""What is stored, so that it survives a restart?

A store for each thing that is kept: answers and ratings, briefings, updates and dead letters,
receipts, chosen languages, unanswered questions. Tables, migrations, SQLite and PostgreSQL are in
`database`; the lock, permissions and backups in `data_folder`.
"""
