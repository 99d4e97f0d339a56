"""How the embedded database says no."""


class Refused(Exception):
    """The database cannot be used as asked; the text is one Indonesian sentence for the person at the terminal."""
