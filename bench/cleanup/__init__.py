"""What each step of the cleaning does to the reading."""
