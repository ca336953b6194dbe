"""Lines of print: where they are, what they say, and what their ink looks like."""
