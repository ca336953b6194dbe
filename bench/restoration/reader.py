"""PP-OCRv6's recogniser as a PyTorch module that gradients pass through; its weights stay as they are."""

from __future__ import annotations

import onnx
from onnx import helper
from onnx2torch import convert
from torch import nn

from recover.engines.networks import network_path
from recover.engines.ppocr import RECOGNISER


def frozen_reader() -> nn.Module:
    """Lines (batch x 3 x 48 x width) in, posteriors (batch x steps x labels) out."""
    module: nn.Module = convert(_with_plain_padding(onnx.load(network_path(RECOGNISER)))).eval()
    for weight in module.parameters():
        weight.requires_grad_(requires_grad=False)
    return module


def _with_plain_padding(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same network with padding by name written out as numbers, as the converter wants it."""
    for node in list(model.graph.node):
        told = {attribute.name: attribute for attribute in node.attribute}
        if "auto_pad" not in told or told["auto_pad"].s != b"SAME_UPPER":
            continue
        strides = list(told["strides"].ints) if "strides" in told else [1, 1]
        totals = [kernel - stride for kernel, stride in zip(told["kernel_shape"].ints, strides, strict=True)]
        before = [total // 2 for total in totals]
        after = [total - less for total, less in zip(totals, before, strict=True)]
        kept = [attribute for attribute in node.attribute if attribute.name not in {"auto_pad", "pads"}]
        del node.attribute[:]
        node.attribute.extend([*kept, helper.make_attribute("pads", [0, 0, 0, 0])])
        _pad_before(model, node, [0, 0, *before, 0, 0, *after])
    return model


def _pad_before(model: onnx.ModelProto, node: onnx.NodeProto, pads: list[int]) -> None:
    amounts, padded = f"{node.name}_pads", f"{node.name}_padded"
    model.graph.initializer.append(helper.make_tensor(amounts, onnx.TensorProto.INT64, [8], pads))
    pad = helper.make_node("Pad", [node.input[0], amounts], [padded], mode="constant")
    model.graph.node.insert(list(model.graph.node).index(node), pad)
    node.input[0] = padded
