"""The reference list: its entries, their fields, and the repairs made to them."""
