"""Which passages mean what is asked, though they say it in other words?"""
