"""Pages about ceremonies for signed-in staff."""
