"""Documents in ten houses of print, set at random with their truth: ``python -m samples.random_houses -o FOLDER``."""
