"""One text: what repairs a paragraph repairs its lines."""
