"""How well the outline of ten houses of print is found: ``python -m bench.houses``."""
