"""A sequence model that labels an entry's words; its styles are examples (``training/references``), not patterns."""
