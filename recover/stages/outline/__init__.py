"""The document's outline: front matter, numbered headings, labelled notes, and what stands under each."""
