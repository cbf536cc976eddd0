"""What is asked, and as what may its words be found?"""
