"""Average the weights of two runs: steadier than either, for nothing at run time.

Wortsman et al., Model soups (ICML 2022). The runs must share their beginning.

    python -m training.average --runs runs/A runs/B --share 0.35 --out runs/C
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average(first: Path, second: Path, share: float, out: Path) -> None:
    """Write `share` of the first run's weights plus the rest of the second's."""
    one, other = (torch.load(run / "network.pt", map_location="cpu") for run in (first, second))
    mixed = {
        name: share * one[name] + (1 - share) * other[name]
        if one[name].is_floating_point()
        else other[name]
        for name in one
    }
    out.mkdir(parents=True, exist_ok=True)
    torch.save(mixed, out / "network.pt")


def main() -> None:
    """Read the command line and average."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=Path, nargs=2, required=True)
    parser.add_argument("--share", type=float, default=0.5)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    average(*arguments.runs, arguments.share, arguments.out)


if __name__ == "__main__":
    main()
