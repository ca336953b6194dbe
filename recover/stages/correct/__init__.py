"""The corrector: characters that a reader misread, lost or made up, decided by weighed evidence."""
