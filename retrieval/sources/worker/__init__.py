"""How is a hostile file read without harm to the process that asks?"""
