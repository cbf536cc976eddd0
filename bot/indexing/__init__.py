"""How are articles loaded, indexed and kept up to date while the bot answers?

From a folder, from the collection that is kept on disk, or from what is published to OpenSearch;
and how their vectors are made, in a process of its own.
"""
