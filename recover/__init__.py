"""Recover scanned Chinese scientific papers as documents: the public API."""

__version__ = "0.1.0"
