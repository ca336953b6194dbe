"""The order in which a page is read: a permutation of its lines and floats, column by column."""
