"""Reference strings with their true fields, of invented people and titles."""
