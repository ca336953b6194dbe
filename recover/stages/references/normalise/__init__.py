"""Small steps from printed strings to field values, one idea a file."""
