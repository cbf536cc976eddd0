"""What lies in the data folder beside the tables, and who may use it?

Its lock (one bot at a time), file permissions, backups of the database and of added articles, and
the file that names the update at work, should the program crash.
"""
