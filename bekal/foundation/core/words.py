"""Numbers in Indonesian words, as official papers ask beside the figures."""

_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"))


def in_words(number: int) -> str:
    """`2026` is `dua ribu dua puluh enam`. Whole numbers from nought to below a thousand trillion.

    Raises:
        ValueError: the number is negative or too large to be named.
    """
    if not 0 <= number < 10**15:
        raise ValueError(f"{number} has no words here.")
    return _spoken(number) or "nol"


def _spoken(number: int) -> str:
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return f"{_ONES[number // 10]} puluh {_ONES[number % 10]}".strip()
    for size, name in _SCALES:
        if number >= size:
            count, rest = divmod(number, size)
            # One hundred and one thousand have words of their own: seratus, seribu.
            head = f"se{name}" if count == 1 and size <= 1000 else f"{_spoken(count)} {name}"
            return f"{head} {_spoken(rest)}".strip()
    return ""
