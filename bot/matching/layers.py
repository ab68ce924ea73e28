"""The layers of a BERT with 384 numbers a piece, in plain numpy.

Shapes: t pieces of one text, 384 numbers a piece, 12 heads of 32 numbers, 1536 inside a feed-forward.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.kernel.calls import Panels
from bot.matching.matrices import Bytes, Matrix, matrix, times
from bot.matching.onnx import Floats, Tensor

WIDTH, HEADS, LAYERS = 384, 12, 6
HEAD = WIDTH // HEADS
SHARE = np.float32(1 / WIDTH)
EPSILON = 1e-12
"""Of the layer norms (BERT's)."""


class Layer(NamedTuple):
    """One transformer layer. A bias is (outputs,), a gain and shift (384,), float32."""

    qkv: Matrix | Panels
    qkv_bias: Floats
    mix: Matrix | Panels
    mix_bias: Floats
    mix_gain: Floats
    mix_shift: Floats
    widen: Matrix | Panels
    widen_bias: Floats
    narrow: Matrix | Panels
    narrow_bias: Floats
    narrow_gain: Floats
    narrow_shift: Floats


def means(state: Floats, starts: npt.NDArray[np.int64]) -> Floats:
    """The mean of each text's pieces, of length 1. `starts`: where each text begins."""
    means: Floats = np.add.reduceat(state, starts, axis=0)
    means /= np.sqrt(np.einsum("ij,ij->i", means, means))[:, None]
    return means


def through(layer: Layer, state: Floats, lengths: Mapping[int, int], unpacked: Floats) -> Floats:
    """One layer: (pieces, 384) -> (pieces, 384). `lengths`: how many texts there are of each, in their order.

    `unpacked`: room to unpack matrices in.
    """
    qkv = times(state, layer.qkv, unpacked)
    qkv += layer.qkv_bias
    ends = np.cumsum([length * count for length, count in lengths.items()])[:-1]
    parts = zip(np.split(qkv, ends), lengths.values(), strict=True)  # only pieces of one text look at each other
    attended = [_attended(part, count) for part, count in parts]
    mixed = times(np.concatenate(attended) if len(attended) > 1 else attended[0], layer.mix, unpacked)
    mixed += layer.mix_bias
    mixed += state
    state = normalised(mixed, layer.mix_gain, layer.mix_shift)
    wide = times(state, layer.widen, unpacked)
    wide += layer.widen_bias
    narrow = times(_gelu(wide), layer.narrow, unpacked)
    narrow += layer.narrow_bias
    narrow += state
    return normalised(narrow, layer.narrow_gain, layer.narrow_shift)


def _attended(qkv: Floats, count: int) -> Floats:
    """Each piece's values weighed by attention: (count * t, 3 * 384) -> (count * t, 384). Queries come scaled."""
    split = qkv.reshape(count, -1, 3, HEADS, HEAD)
    queries, keys, values = (split[:, :, part].transpose(0, 2, 1, 3) for part in range(3))
    weights: Floats = queries @ keys.transpose(0, 1, 3, 2)
    weights -= np.maximum.reduce(weights, axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= np.add.reduce(weights, axis=-1, keepdims=True)
    heads: Floats = weights @ values
    return heads.transpose(0, 2, 1, 3).reshape(-1, WIDTH)


def normalised(state: Floats, gain: Floats, shift: Floats) -> Floats:
    """Layer norm over the last axis, in place: mean 0, variance 1, then gain and shift."""
    state -= np.add.reduce(state, axis=1, keepdims=True) * SHARE  # `mean` and `max` of an array take twice as long
    variance = np.einsum("ij,ij->i", state, state) * SHARE
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


def layers(tensors: Mapping[str, Tensor]) -> Iterator[Layer]:
    """The six layers. The file numbers its matrices in the order in which they are used, six a layer."""
    matrices = sorted((name for name in tensors if name.startswith("val_") and name.endswith("_q")), key=_number)
    for layer in range(LAYERS):
        query, key, value, mix, widen, narrow = (_matrix(tensors, name) for name in matrices[6 * layer : 6 * layer + 6])
        prefix = f"inner.encoder.layer.{layer}."

        def named(name: str, prefix: str = prefix) -> Floats:
            return floats(tensors, prefix + name)

        shrunk = np.float32(HEAD**-0.5)  # of queries
        biases = [named(f"attention.self.{part}.bias") for part in ("query", "key", "value")]
        yield Layer(
            matrix(
                np.concatenate([numbers for numbers, _ in (query, key, value)], axis=1),
                np.concatenate([query[1] * shrunk, key[1], value[1]]),
            ),
            np.concatenate([biases[0] * shrunk, *biases[1:]]),
            matrix(*mix),
            named("attention.output.dense.bias"),
            named("attention.output.LayerNorm.weight"),
            named("attention.output.LayerNorm.bias"),
            matrix(*widen),
            named("intermediate.dense.bias"),
            matrix(*narrow),
            named("output.dense.bias"),
            named("output.LayerNorm.weight"),
            named("output.LayerNorm.bias"),
        )


def _matrix(tensors: Mapping[str, Tensor], name: str) -> tuple[Bytes, Floats]:
    """Whole numbers, (inner, outputs), and the scale of each column."""
    return np.asarray(tensors[name], dtype=np.int8), floats(tensors, name.removesuffix("_q") + "_scale").ravel()


def _number(name: str) -> int:
    """`val_105_q` -> 105."""
    return int(name.split("_")[1])


def floats(tensors: Mapping[str, Tensor], name: str) -> Floats:
    """A float tensor, copied out of the file."""
    return np.array(tensors[name], dtype=np.float32)


def dequantised(tensors: Mapping[str, Tensor], name: str) -> Floats:
    """An int8 tensor times its scales, float32."""
    floats: Floats = tensors[f"{name}_q"].astype(np.float32) * tensors[f"{name}_scale"]
    return floats
