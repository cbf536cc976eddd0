"""How are questions taken in and answers given? The command line and the wording."""
