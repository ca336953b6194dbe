"""What the corrector mends and what it harms, on random print; its weights fitted, its features taken away in turn."""
