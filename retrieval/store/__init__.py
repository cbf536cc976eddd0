"""How is an analysed collection kept on disk, and brought up to date with its files?"""
