"""Search: how fast a large folder is indexed and asked, and whether questions with known answers find them."""
