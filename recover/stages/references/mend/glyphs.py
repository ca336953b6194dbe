"""stub"""
from recover.model.document import Repair


def mend_string(text: str) -> tuple[str, tuple[Repair, ...]]:
    return text, ()
