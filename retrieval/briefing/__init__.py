"""What do the articles say on a topic, in a minute?"""
