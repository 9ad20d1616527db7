"""Checkpoint -> ONNX: the fp32 reference and the int8 graph that ships.

    python -m training.export --weights work/average.pt --out src/onrecord/models/tagger

The int8 graph has weights quantised per channel and activations quantised at run time; it depends on nothing but the
window, because the product runs one window at a time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from torch import nn

from onrecord.extract.layout import DISTANCES, MENTION_PARTS, POINTER_WIDTH, POINTERS, ROLE_TAGS, SAMENESS, STEPS
from training.manifest import UNCALIBRATED, write_manifest
from training.model import Tagger, encoder_folder


class Graph(nn.Module):
    """The tagger without padding mask, as the product runs it."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: torch.Tensor, features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """ids int64 (batch, pieces), features int64 (batch, 3, pieces) -> tags, vectors, mentions, all float32."""
        tags, vectors, mentions = self.tagger(ids, features)
        return tags, vectors, mentions


def write_fp32(tagger: Tagger, path: Path) -> None:
    """The graph with its weights in one file."""
    import onnx

    example = (torch.randint(1000, 2000, (2, 64)), torch.zeros(2, 3, 64, dtype=torch.long))
    batch, pieces = torch.export.Dim("batch", min=1, max=256), torch.export.Dim("pieces", min=2, max=512)
    program = torch.onnx.export(
        Graph(tagger).eval(),
        example,
        input_names=["ids", "features"],
        output_names=["tags", "vectors", "mentions"],
        dynamic_shapes={"ids": {0: batch, 1: pieces}, "features": {0: batch, 2: pieces}},
        dynamo=True,
        opset_version=20,
    )
    assert program is not None
    program.save(str(path), external_data=False)
    onnx.checker.check_model(str(path))


def head_products(path: Path) -> list[str]:
    """Names of the last matrix product before each output: cheap, and the most harmed by eight bits."""
    import onnx

    graph = onnx.load(str(path)).graph
    maker = {name: node for node in graph.node for name in node.output}
    found = []
    for output in graph.output:
        node = maker[output.name]
        while node.op_type not in {"MatMul", "Gemm"}:
            node = next(maker[name] for name in node.input if name in maker)
        found.append(node.name)
    return found


def write_int8(fp32: Path, path: Path) -> None:
    """Dynamic quantisation of matrix products and tables, per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(fp32), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(path),
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=head_products(ready),
            extra_options={"MatMulConstBOnly": True},
        )


def main() -> None:
    """Export both graphs, the tokenizer and the pointer biases."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--weights", type=Path, required=True)
    a.add_argument("--out", type=Path, required=True)
    a.add_argument("--reference", type=Path, help="where to leave the fp32 graph (not shipped)")
    args = a.parse_args()
    tagger = Tagger()
    tagger.load_state_dict(torch.load(args.weights, map_location="cpu", weights_only=True))
    tagger.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    reference = args.reference or Path(tempfile.mkdtemp()) / "tagger.fp32.onnx"
    write_fp32(tagger, reference)
    write_int8(reference, args.out / "tagger.onnx")
    shutil.copy(encoder_folder() / "tokenizer.json", args.out / "tokenizer.json")
    biases = {
        "null": tagger.null.tolist(),
        "distance": [[round(v, 6) for v in row] for row in tagger.distance.tolist()],
        "step": [[round(v, 6) for v in row] for row in tagger.step.tolist()],
        "apart": [round(v, 6) for v in tagger.apart.tolist()],
        "same": [round(v, 6) for v in tagger.same.tolist()],
    }
    layout = {
        "role_tags": list(ROLE_TAGS),
        "pointers": list(POINTERS),
        "pointer_width": POINTER_WIDTH,
        "distances": DISTANCES,
        "steps": STEPS,
        "mention_parts": MENTION_PARTS,
        "sameness": list(SAMENESS),
    }
    (args.out / "pointers.json").write_text(json.dumps({**layout, **biases}, indent=1) + "\n", encoding="utf-8")
    write_manifest(args.out, UNCALIBRATED)
    for name in sorted(p.name for p in args.out.iterdir()):
        data = (args.out / name).read_bytes()
        print(name, len(data), hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main()
