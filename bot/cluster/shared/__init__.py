"""Which stores and limits do the processes share?"""
