"""A morning of twenty officers at five facilities, played over HTTP against a running house, and the reckoning afterwards."""
