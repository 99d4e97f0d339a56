"""How the house says no before it opens."""


class Refused(Exception):
    """The database or the door cannot be used as asked; the text is one Indonesian sentence for the person at the terminal.

    `reason` is a code, and `about` a folder, where a page may have to say it in another language.
    """

    def __init__(self, sentence: str, *, reason: str = "", about: str = "") -> None:
        super().__init__(sentence)
        self.reason, self.about = reason, about
