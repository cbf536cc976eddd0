"""Which lines and tags mark text up, and say nothing themselves: boxes, templates, forums?"""
