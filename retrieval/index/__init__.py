"""What is known of a collection before anything is asked, and which paragraphs come nearest?"""
