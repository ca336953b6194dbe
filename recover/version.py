"""The version of this package, which every result is stamped with."""

__version__ = "0.1.0"
