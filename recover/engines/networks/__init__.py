"""Where the networks lie that come inside the package."""

from __future__ import annotations

from pathlib import Path

from recover.errors import MissingComponent

REMEDY = "pip install --force-reinstall recover-ocr; in a checkout: pip install -e ."


def network_path(name: str) -> Path:
    """The file of a network beside this module; raises MissingComponent."""
    path = Path(__file__).with_name(name)
    if not path.is_file():
        raise MissingComponent(name, "the network is not in the package", REMEDY)
    return path
