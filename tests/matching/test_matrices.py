"""Products in blocks: the same numbers as the plain product."""

import numpy as np
import pytest

from bot.matching.matrices import COLUMNS, FEW, INNER, Shelf, times


@pytest.mark.parametrize("count", [1, 2, 13, FEW, FEW + 1])
@pytest.mark.parametrize("shape", [(INNER, COLUMNS), (INNER, 6 * COLUMNS), (4 * INNER, 6 * COLUMNS)])
def test_a_product_by_blocks_is_the_product(count: int, shape: tuple[int, int]) -> None:
    """With few rows and many, one block and several in both directions."""
    random = np.random.default_rng(7)
    matrix = random.standard_normal(shape, dtype=np.float32)
    rows = random.standard_normal((count, shape[0]), dtype=np.float32)
    np.testing.assert_allclose(times(rows, Shelf(matrix.size).put(matrix)), rows @ matrix, atol=1e-3)


def test_the_product_is_an_array_of_its_own() -> None:
    """What is added to it afterwards changes neither the rows nor the matrix."""
    rows, blocks = np.ones((3, INNER), np.float32), Shelf(INNER * COLUMNS).put(np.ones((INNER, COLUMNS), np.float32))
    product = times(rows, blocks)
    product += 1
    assert rows.max() == blocks.max() == 1


def test_matrices_on_a_shelf_do_not_touch() -> None:
    """Each keeps its own numbers."""
    ones, twos = (np.full((INNER, COLUMNS), number, np.float32) for number in (1, 2))
    shelf = Shelf(ones.size + twos.size)
    first, second = shelf.put(ones), shelf.put(twos)
    assert (first.max(), second.min()) == (1, 2)
