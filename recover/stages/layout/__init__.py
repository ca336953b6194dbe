"""What is what on a page: floats apart from text, and every line's kind."""
