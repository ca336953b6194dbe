"""Footnotes and endnotes: parted from each other, read, and tied to their marks in the text."""
