"""The restorer as PyTorch trains it: two scales, 0.2 million weights, what it finds wrong taken off the picture."""

from __future__ import annotations

import torch
from torch import nn

FINE, COARSE = 24, 48


class Residual(nn.Module):
    """Two convolutions whose result is added to their input."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.second(torch.relu(self.first(x)))


class Restorer(nn.Module):
    """Grey pages from 0 (ink) to 1 (paper): batch x 1 x height x width, both multiples of 4, in and out."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv2d(1, FINE, 6, stride=2, padding=2)
        self.fine_before = Residual(FINE)
        self.down = nn.Conv2d(FINE, COARSE, 2, stride=2)
        self.coarse = nn.Sequential(*[Residual(COARSE) for _ in range(4)])
        self.up = nn.ConvTranspose2d(COARSE, FINE, 2, stride=2)
        self.fine_after = nn.Sequential(Residual(FINE), Residual(FINE))
        self.leave = nn.Conv2d(FINE, 4, 3, padding=1)
        self.spread = nn.PixelShuffle(2)

    def forward(self, page: torch.Tensor) -> torch.Tensor:
        fine = self.fine_before(torch.relu(self.enter(1 - page)))
        coarse = self.up(self.coarse(torch.relu(self.down(fine))))
        return page - self.spread(self.leave(self.fine_after(fine + coarse)))
