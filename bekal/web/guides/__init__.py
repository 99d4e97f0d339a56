"""The guides of `docs/panduan`, as pages of the house: offices are offline."""
