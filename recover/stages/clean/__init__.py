"""Straighten and even out a page's picture, only as much as it needs, and remember the way back."""
