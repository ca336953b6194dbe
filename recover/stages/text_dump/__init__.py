"""Text dumps: a paper from nothing but the lines of its text layer, columns and pages run together."""
