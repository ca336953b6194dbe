"""How display formulas are found on typeset pages, and whether the text around them stays in order."""
