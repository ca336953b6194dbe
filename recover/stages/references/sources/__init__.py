"""Reference lists in files that know their fields or their entries: BibTeX, RIS, DOCX."""
