"""What a word of an entry can be."""

from __future__ import annotations

# Family and given names of authors, editors, translators; title, container, date, day of access, volume, issue, pages,
# publisher or school, its place, number of a standard, patent or report, edition; anything else.
LABELS = ("AF", "AG", "EF", "EG", "RF", "RG", "T", "J", "Y", "X", "V", "I", "P", "B", "L", "N", "D", "O")
PLACE_OF = {label: place for place, label in enumerate(LABELS)}
