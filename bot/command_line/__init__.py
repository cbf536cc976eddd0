"""Which options and groups of commands are there on the command line?"""
