"""The initializers of an ONNX file, and no more of protobuf than this takes."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Tensor = Floats | npt.NDArray[np.int8] | npt.NDArray[np.int64] | npt.NDArray[np.bool_]

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
