"""What is asked, and how are its words expanded?"""
