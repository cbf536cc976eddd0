"""How is the database reached, SQLite or PostgreSQL, and what if it fails?"""
