"""The shipped int8 graph -> weights to go on training from, where the checkpoints are gone.

    python -m training.restore --model src/onrecord/models/tagger --out work/tagger.pt

Written out again by ``training.export``, the weights give the same eight-bit numbers.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.model import Tagger


def weights(path: Path) -> dict[str, Tensor]:
    """The float32 weights of a quantised graph by the names of the tagger."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    maker = {name: node for node in graph.node for name in node.output}
    out: dict[str, np.ndarray] = {}
    for name, array in held.items():
        if name.startswith("tagger.") and not name.endswith(("_quantized", "_scale", "_zero_point")):
            out[name] = array
        elif name.startswith("tagger.") and name.endswith("_quantized"):
            out[name.removesuffix("_quantized")] = _floats(held, name.removesuffix("_quantized"))
    for node in graph.node:
        bias = next((n for n in node.input if n.startswith("tagger.") and n.endswith(".bias")), None)
        if node.op_type == "Add" and bias:
            product = next(n for n in node.input if n != bias)
            out[bias.removesuffix("bias") + "weight"] = _product(held, maker, product).T
    return {name.removeprefix("tagger."): torch.from_numpy(np.array(a, order="C")) for name, a in out.items()}


def _floats(held: dict[str, np.ndarray], name: str) -> np.ndarray:
    """The numbers behind their eight bits."""
    numbers, zero = held[f"{name}_quantized"].astype(np.float32), held[f"{name}_zero_point"].astype(np.float32)
    return (numbers - zero) * held[f"{name}_scale"]


def _product(held: dict[str, np.ndarray], maker: dict, name: str) -> np.ndarray:
    """The constant matrix of the product that `name` comes from; float32 (in, out)."""
    node = maker[name]
    while node.op_type not in {"MatMul", "MatMulInteger"}:
        node = maker[node.input[0]]
    constant = node.input[1]
    return held[constant] if constant in held and node.op_type == "MatMul" else _floats(held, constant[:-10])


def restore(folder: Path) -> Tagger:
    """The tagger in a folder of a shipped model."""
    tagger = Tagger()
    state = weights(folder / "tagger.onnx")
    biases = json.loads((folder / "pointers.json").read_text("utf-8"))
    state |= {name: torch.tensor(biases[name]) for name in ("null", "distance", "step", "apart", "same")}
    tagger.load_state_dict(state)
    return tagger.eval()


def main() -> None:
    """Write the weights."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--model", type=Path, required=True, help="folder of the shipped model")
    a.add_argument("--out", type=Path, required=True)
    args = a.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(restore(args.model).state_dict(), args.out)
    print(args.out, args.out.stat().st_size)


if __name__ == "__main__":
    main()
