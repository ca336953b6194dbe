"""Figures and tables: captions brought to them, cells put into rows and columns."""
