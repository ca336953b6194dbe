"""Glossaries: bilingual termbases that people edit as CSV files, and that stack."""
