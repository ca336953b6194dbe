"""What a worker does: look at a file, read pages, put a document together."""
