"""Where every character found in a file ended: counted, and what stands in no text listed."""
