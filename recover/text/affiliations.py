"""Whether a line says where authors work."""

from __future__ import annotations

import re

from recover.text.wordlists import words

AFFILIATION = re.compile("|".join(words("affiliations")), re.IGNORECASE)
