"""Reading with the glossary: terms compete for the characters a reader doubted."""
