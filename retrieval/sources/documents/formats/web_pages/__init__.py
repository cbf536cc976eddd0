"""Where on a web page is the article, and where is there none?"""
