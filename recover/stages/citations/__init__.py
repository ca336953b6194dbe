"""Citation marks in the text, resolved to the numbers of the reference list."""
