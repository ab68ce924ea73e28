"""Products with matrices of whole numbers: what the plain product of their floats gives."""

import numpy as np
import numpy.typing as npt
import pytest

from bot.matching.matrices import EVEN, FEW, INNER, WIDE, Matrix, room, times


def _numbers(inner: int, outputs: int) -> npt.NDArray[np.int8]:
    return np.random.default_rng(7).integers(-128, 128, (inner, outputs), dtype=np.int8)


@pytest.mark.parametrize("count", [1, EVEN - 1, EVEN, EVEN + 1, FEW + 1])
@pytest.mark.parametrize("shape", [(INNER, WIDE), (INNER, 3 * WIDE), (4 * INNER, 2 * WIDE)])
def test_a_product_by_blocks_is_the_product(count: int, shape: tuple[int, int]) -> None:
    """With few rows and many, filled up or not, one block and several in both directions, a scale for each column."""
    numbers, scale = _numbers(*shape), np.linspace(0.001, 0.01, shape[1], dtype=np.float32)
    rows = np.random.default_rng(8).standard_normal((count, shape[0]), dtype=np.float32)
    product = times(rows, Matrix.of(numbers, scale), room())
    assert product.shape == (count, shape[1])
    np.testing.assert_allclose(product, rows @ (numbers * scale), atol=1e-3)


def test_the_product_is_an_array_of_its_own() -> None:
    """What is added to it afterwards, or unpacked later, changes neither the rows, the matrix nor the product."""
    rows, unpacked = np.ones((3, INNER), np.float32), room()
    matrix = Matrix.of(np.ones((INNER, WIDE), np.int8), np.ones(WIDE, np.float32))
    product = times(rows, matrix, unpacked)
    product += 1
    unpacked[:] = 0
    assert rows.max() == matrix.pieces.max() == 1
    assert product.min() == product.max() == INNER + 1


def test_the_matrix_keeps_its_size() -> None:
    """A byte a number: unpacked floats live no longer than a product."""
    numbers = _numbers(INNER, 2 * WIDE)
    assert Matrix.of(numbers, np.ones(2 * WIDE, np.float32)).pieces.nbytes == numbers.size
