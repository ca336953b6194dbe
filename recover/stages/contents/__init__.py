"""Printed contents pages: recognised, kept apart from the text, and read for the headings they promise."""
