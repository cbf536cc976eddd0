"""How is HTTP served beside all else?"""
