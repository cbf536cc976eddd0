"""How do several processes share one bot?

Each has a number with a lease on it (`process_lease.py`), which its heartbeat renews
(`heartbeat.py`). The updates of a chat are a lane (`lane_store.py`), which one process claims and
owns at a time (`lane_claimer.py`); whoever has lost its number can note nothing more. One of them
leads (`leadership.py`). What a single process keeps in memory or in files, its receipts, limits
and pace, is in the database here (`shared/`).
"""
