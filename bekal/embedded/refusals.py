"""How the house says no before it opens."""


class Refused(Exception):
    """The database or the door cannot be used as asked; the text is one Indonesian sentence for the person at the terminal."""
