"""The comparison of two statements as ONNX Runtime runs it: two texts in, how they stand to each other out."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from onrecord.errors import ModelError
from onrecord.models.manifest import Manifest, read_manifest
from onrecord.models.session import Float32

SHIPPED_PAIRS = Path(__file__).parent / "pairs"
"""The folder of the pair model that comes with onrecord."""

OUTPUTS = ("same", "narrower", "broader", "contrary", "other", "report")
"""What the second text says, compared with the first; and whether both tell of one act of reporting."""

LONGEST = 128
"""Word pieces of a pair; of two long texts the longer is cut."""


class PairSession:
    """A loaded pair model. Close it after use.

    Attributes:
        manifest: What the model folder says of itself.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 2) -> None:
        """Load the model in `folder`, or the one that came with onrecord.

        Args:
            folder: The model's folder.
            threads: Pairs compared side by side.

        Raises:
            ModelError: OR-301 a file is missing, OR-302 a file is damaged, OR-303 it cannot be loaded.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        self.manifest: Manifest = read_manifest(folder if folder is not None else SHIPPED_PAIRS)
        options = onnxruntime.SessionOptions()
        # One pair a call, on one thread: activations are quantised by what a call holds, so a batch would change it.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(
                str(self.manifest.path("pairs.onnx")), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(self.manifest.path("tokenizer.json")))
        except Exception as error:
            raise ModelError("OR-303", f"the model in {self.manifest.folder} could not be loaded: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST, strategy="longest_first")
        self._pool = ThreadPoolExecutor(threads)

    def compare(self, pairs: Iterable[tuple[str, str]]) -> Float32:
        """How does the second text of each pair stand to the first?

        Returns:
            float32 (pairs, OUTPUTS): probabilities; the first five sum to 1, the last stands alone.
        """
        rows = list(self._pool.map(self._one, pairs))
        return np.array(rows, dtype=np.float32).reshape(-1, len(OUTPUTS))

    def _one(self, pair: tuple[str, str]) -> Float32:
        code = self._tokenizer.encode(*pair)
        feed = {"ids": code.ids, "segments": code.type_ids, "mask": code.attention_mask}
        (logits,) = self._session.run(["logits"], {k: np.array([v], dtype=np.int64) for k, v in feed.items()})
        relation, report = logits[0, :-1], logits[0, -1]
        powers = np.exp(relation - relation.max())
        out: Float32 = np.append(powers / powers.sum(), 1 / (1 + np.exp(-report))).astype(np.float32)
        return out

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown()
