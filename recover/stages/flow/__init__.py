"""Pages to one stream of lines: furniture, footnotes and captions apart."""
