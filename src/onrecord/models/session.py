"""The tagger as ONNX Runtime runs it: one window in, tag logits and pointer vectors out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError
from onrecord.models.manifest import Manifest, read_manifest

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Float32: TypeAlias = npt.NDArray[np.float32]
Int32: TypeAlias = npt.NDArray[np.int32]


_BIASES = ("null", "distance", "step", "apart", "same")
LEFT_OUT = ["SkipLayerNormFusion"]
"""What ONNX Runtime would do to the graph and makes it slower: on the CPU, its fused layer normalisation takes several
times as long as an addition and the plain one (23% of a window's time)."""


@dataclass(frozen=True, slots=True)
class PointerBiases:
    """What a pointer gains or loses by where it points.

    Attributes:
        null: For pointing at nothing; float32 (pointers,).
        distance: By bucket of distance in pieces; float32 (pointers, buckets).
        step: By bucket of distance in paragraphs; float32 (pointers, buckets).
    """

    null: Float32
    distance: Float32
    step: Float32


@dataclass(frozen=True, slots=True)
class MentionBiases:
    """What two mentions gain or lose, as one and the same, by how they stand to each other.

    Attributes:
        apart: By bucket of distance in words; float32 (buckets,).
        same: By what they share in writing; float32 (sameness,).
    """

    apart: Float32
    same: Float32


@dataclass(frozen=True, slots=True)
class Output:
    """What the tagger says of the pieces of one window.

    Attributes:
        tags: Tag logits, float32 (pieces, TAGS).
        vectors: Pointer vectors, float32 (pieces, 2 * pointers * width).
        mentions: Mention vectors, float32 (pieces, MENTION_WIDTH).
    """

    tags: Float32
    vectors: Float32
    mentions: Float32


class TaggerSession:
    """A loaded tagger. Safe to be called from several threads at once.

    Attributes:
        manifest: What the model folder says of itself.
        tokenizer: Cuts text into the pieces that the tagger knows.
        biases: The pointers' biases.
        mention_biases: Those of pairs of mentions.
        ends: What speaks for the end of a content, by name (``extract.ends``); empty in a folder whose tagger has just
            been exported.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model in `folder`, or the one that came with onrecord.

        Raises:
            ModelError: OR-301 a file is missing, OR-302 a file is damaged, OR-303 it cannot be loaded.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        self.manifest: Manifest = read_manifest(folder)
        options = onnxruntime.SessionOptions()
        # One thread a call: windows run side by side, and the result does not depend on how many threads there are.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(self.manifest.path("tagger.onnx")),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=LEFT_OUT,
            )
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(self.manifest.path("tokenizer.json")))
            table: Mapping[str, list[float]] = json.loads(self.manifest.path("pointers.json").read_text("utf-8"))
            row = {name: np.array(table[name], dtype=np.float32) for name in _BIASES}
            self.biases = PointerBiases(row["null"], row["distance"], row["step"])
            self.mention_biases = MentionBiases(row["apart"], row["same"])
            ends = self.manifest.path("ends.json").read_text("utf-8") if "ends.json" in self.manifest.files else "{}"
            self.ends: Mapping[str, Mapping[str, float]] = json.loads(ends)
        except Exception as error:
            raise ModelError("OR-303", f"the model in {self.manifest.folder} could not be loaded: {error}") from error
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()

    def run(self, ids: Int32, features: Int32) -> Output:
        """What is each piece of one window, where does it point, and does a mention begin or end there?

        Args:
            ids: int32 (pieces,), at most 512.
            features: int32 (3, pieces).
        """
        feed = {"ids": ids[None].astype(np.int64), "features": features[None].astype(np.int64)}
        tags, vectors, mentions = self._session.run(["tags", "vectors", "mentions"], feed)
        return Output(tags[0], vectors[0], mentions[0])
