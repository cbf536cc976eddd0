"""How good are the answers, and what is speed compared with?"""
