"""A house of a nation's size, filled with invented people, and what is asked of it (benchmarks/pages.py)."""
