"""Made-up tables, typeset and scanned, and how many of their cells, merged cells and places are recovered."""
