"""Many pages and many files at once: supervised workers, a ledger, and everything that can go wrong on the way."""
