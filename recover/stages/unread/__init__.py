"""Print that stands in no line that was read."""
