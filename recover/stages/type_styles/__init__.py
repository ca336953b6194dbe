"""How characters are set: raised, lowered, italic, bold; told from the ink, carried into every text."""
