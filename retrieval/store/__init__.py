"""How is an analysed collection kept on disk, and brought up to date with its files?

Incremental indexing: `folder_sync` reads what has changed, `writing` stores it in the SQLite
`tables` and the tantivy index, `reading` answers from a snapshot of them.
"""
