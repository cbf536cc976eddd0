"""What does a message ask for, and which answer is kept?"""
