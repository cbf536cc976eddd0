"""Which articles did the operator add, where are they from, and how is each change undone?"""
