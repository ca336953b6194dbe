"""From a file to pages: pictures on demand, and the characters of the text layer."""
