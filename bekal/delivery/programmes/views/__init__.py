"""Pages about programmes for signed-in staff."""
