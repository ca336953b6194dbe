"""Ways to read a reference string; each proposes drafts, and the score picks the best."""
