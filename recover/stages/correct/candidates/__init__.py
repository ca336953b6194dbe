"""Where something else may stand than what was read: one file a kind of change."""
