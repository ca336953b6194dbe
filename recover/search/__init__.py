"""Search in a folder of recovered documents: an index beside them, queries in two languages, the place of each hit."""
