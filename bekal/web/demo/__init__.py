"""The demo story: a small Lapas with invented people, one step before its closing day. Made by operations alone."""
