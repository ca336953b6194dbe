"""Write trained weights as the package ships them: ``python -m bench.restoration.convert IN.pt OUT.onnx``."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from bench.restoration.network import Restorer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.restoration.convert")
    parser.add_argument("weights", type=Path)
    parser.add_argument("onnx", type=Path)
    given = parser.parse_args()
    network = Restorer()
    network.load_state_dict(torch.load(given.weights))
    sides = {2: "height", 3: "width"}
    torch.onnx.export(
        network.eval(),
        (torch.rand(1, 1, 64, 96),),
        given.onnx,
        input_names=["worn"],
        output_names=["restored"],
        dynamic_axes={"worn": sides, "restored": sides},
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    main()
