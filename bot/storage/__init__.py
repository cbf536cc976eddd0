"""What is stored, so that it survives a restart?"""
