"""`python -m bot` is the same program as `footnote`."""

from bot.program import main

if __name__ == "__main__":
    main()
