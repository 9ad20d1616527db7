"""Average the weights of several trainings that began from one another (Wortsman et al. 2022, model soups).

python -m training.average work/first/average.pt work/second/average.pt --out work/tagger.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    """Average and write."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("weights", type=Path, nargs="+")
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    states = [torch.load(path, map_location="cpu", weights_only=True) for path in args.weights]
    # Weights that only some have (the mentions) stay as they are.
    names = {k for s in states for k in s}
    torch.save(
        {k: sum(found) / len(found) for k in sorted(names) if (found := [s[k] for s in states if k in s])}, args.out
    )


if __name__ == "__main__":
    main()
