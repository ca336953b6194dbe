"""Train the restorer: ``python -m bench.restoration.train --steps 1500 -o restorer.pt [--begin-from other.pt]``.

First towards the clean picture, then also towards what the reader makes of it: the reader's own network, frozen, reads
a line of the restored patch, and its answers are drawn to those it gives to the clean one. Needs PyTorch, onnx and
onnx2torch; an hour on two cores.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bench.restoration.lines import LineBox
from bench.restoration.network import Restorer
from bench.restoration.reader import frozen_reader
from bench.restoration.wear import worn_patch
from samples.degrade import Gray

PATCH, BATCH = (128, 320), 6
READ_HEIGHT, READ_WIDTH, READ_LINES = 48, 320, 6
RATE, RATE_AGAIN, RAMP = 1.5e-3, 6e-4, 50
# Ink counts four times as much as paper; edges half as much as levels; the reader's answers two fifths.
INK, EDGES, READER, PRINT = 3.0, 0.5, 0.4, 3.0

Sample = tuple[Gray, Gray, tuple[LineBox, ...]]


def train(steps: int, warm: int, out: Path, begin_from: Path | None, seed: int) -> None:
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 no secret
    samples: multiprocessing.Queue[list[Sample]] = multiprocessing.Queue(12)
    multiprocessing.Process(target=_feed, args=(samples, seed), daemon=True).start()
    network, reader = Restorer(), frozen_reader()
    if begin_from:
        network.load_state_dict(torch.load(begin_from))
    adam = torch.optim.Adam(network.parameters())
    for step in range(steps):
        rate = (RATE_AGAIN if begin_from else RATE) * min(1, (step + 1) / RAMP)
        adam.param_groups[0]["lr"] = rate * (0.03 + 0.97 * (1 + math.cos(math.pi * step / steps)) / 2)
        batch = samples.get()
        worn, clean = (_tensor([sample[which] for sample in batch]) for which in (0, 1))
        restored = network(worn)
        loss = picture_loss(restored, clean)
        if step >= warm:
            loss = loss + READER * reader_loss(reader, restored, clean, batch, chance)
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        adam.step()
        if step % 25 == 24:
            print(f"{step + 1}: loss {float(loss):.4f}", flush=True)
            torch.save(network.state_dict(), out)
    torch.save(network.state_dict(), out)


def _feed(samples: multiprocessing.Queue[list[Sample]], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 no secret
    while True:
        samples.put([worn_patch(chance, *PATCH) for _ in range(BATCH)])


def _tensor(images: list[Gray]) -> torch.Tensor:
    return torch.tensor(np.stack(images))[:, None].float() / 255


def picture_loss(restored: torch.Tensor, clean: torch.Tensor) -> torch.Tensor:
    """Wrong levels, above all in the ink, and wrong edges."""
    levels = ((restored - clean).abs() * (1 + INK * (1 - clean))).mean()
    across = (restored - clean).diff(dim=3).abs().mean()
    down = (restored - clean).diff(dim=2).abs().mean()
    return levels + EDGES * (across + down)


def reader_loss(
    reader: nn.Module, restored: torch.Tensor, clean: torch.Tensor, batch: list[Sample], chance: random.Random
) -> torch.Tensor:
    """The cross entropy of the reader's answers, steps with print before blanks."""
    chosen = [(at, chance.choice(boxes)) for at, (_, _, boxes) in enumerate(batch) if boxes][:READ_LINES]
    if not chosen:
        return restored.new_zeros(())
    margins = [(chance.uniform(0.02, 0.2), chance.uniform(0.02, 0.2)) for _ in chosen]
    pairs = list(zip(chosen, margins, strict=True))
    with torch.no_grad():
        wanted = reader(torch.cat([_as_read(clean[at : at + 1], box, margin) for (at, box), margin in pairs]))
    found = reader(torch.cat([_as_read(restored[at : at + 1], box, margin) for (at, box), margin in pairs]))
    entropy = -(wanted * found.clamp(1e-7, 1).log()).sum(-1)
    return (entropy * (1 + PRINT * (1 - wanted[:, :, 0]))).mean()


def _as_read(page: torch.Tensor, box: LineBox, margin: tuple[float, float]) -> torch.Tensor:
    """A line as the reader takes it: 48 pixels high, three planes from -1 to 1."""
    height = box.bottom - box.top
    top, bottom = max(0, int(box.top - margin[0] * height)), int(box.bottom + margin[1] * height)
    line = page[:, :, top:bottom, : int(READ_WIDTH * (bottom - top) / READ_HEIGHT)]
    width = min(READ_WIDTH, max(16, round(line.shape[3] * READ_HEIGHT / line.shape[2])))
    sized = functional.interpolate(
        line, size=(READ_HEIGHT, width), mode="bilinear", antialias=line.shape[2] > READ_HEIGHT
    )
    return functional.pad((sized - 0.5) / 0.5, (0, READ_WIDTH - width)).expand(-1, 3, -1, -1)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.restoration.train")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--warm", type=int, default=400, help="steps before the reader joins in")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--begin-from", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    train(given.steps, given.warm, given.output, given.begin_from, given.seed)


if __name__ == "__main__":
    main()
