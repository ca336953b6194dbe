"""Glossaries in the formats of spreadsheets, termbases and translation tools."""
