"""How do several processes share one bot?

Each has a number and a lease on it (`process_lease.py`). The updates of a chat are a lane, which one
process owns at a time (`lane_store.py`); whoever has lost its number can note nothing more. What a
single process keeps in memory or in files, its receipts, limits and pace, is in the database here
(`shared/`).
"""
