"""Terms: glossary concepts located in a document, pairs mined from its text, abstracts aligned by both."""
