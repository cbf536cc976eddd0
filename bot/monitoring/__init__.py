"""What can operators see of a running bot?"""
