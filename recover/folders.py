"""The recovered folders at and below a folder."""

from __future__ import annotations

from pathlib import Path


def find_folders(root: Path) -> tuple[Path, ...]:
    """The folders at or below ``root`` that hold a document, sorted; hidden ones are drafts."""
    if (root / "document.json").is_file():
        return (root,)
    found = (path.parent for path in root.rglob("document.json") if path.is_file())
    return tuple(sorted(folder for folder in found if not _is_hidden(folder, root)))


def _is_hidden(folder: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in folder.relative_to(root).parts) or folder.is_symlink()
