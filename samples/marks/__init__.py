"""Typeset pages with raised and lowered characters of which every one is known."""
