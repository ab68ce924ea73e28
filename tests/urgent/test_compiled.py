"""The gate with the compiled kernel: it meets and weighs the same as in Python."""



from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loading import Content
from bot.content.urgent import Urgent
from bot.kernel import library
from bot.kernel.library import Kernel
from bot.kernel.patterns import ENOUGH, Patterns
from bot.urgent import Gate
from bot.urgent.features import Scales, marked, parts
from bot.urgent.trying import Trying
from tests.support.kernels import COMPILER, kernel_at, without_kernel

pytestmark = COMPILER
HEARD = Path(__file__).parent / "heard"
EVERY = 17  # one in so many of the written messages


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Messages of every kind as somebody wrote them, some of them one after another as one long text."""
    lines = [line for file in sorted(HEARD.glob("*.txt")) for line in file.read_text("utf-8").splitlines()]
    told = [line.partition("\t")[2] or line for line in lines[::EVERY]]
    return [*told, *(" ".join(told[start : start + 40]) for start in range(0, len(told), 400))]


def test_every_pattern_is_met_where_python_meets_it(urgent: Urgent, texts: list[str], kernel_file: Path) -> None:
    """The same lines, from the same word to the same word, in the same order."""
    with kernel_at(kernel_file):
        gate = Gate(urgent)
    with without_kernel():
        plain = Gate(urgent)
    assert isinstance(gate._index.trying, Patterns)
    assert isinstance(plain._index.trying, Trying)
    found = 0
    for text in texts:
        read = plain.read(text)
        wanted = plain._index.hits(read)
        assert wanted == gate._index.hits(read), text
        found += len(wanted)
    assert found > len(texts)


def test_all_words_together_weigh_what_they_weigh_in_python(
    content: Content, gate: Gate, texts: list[str], kernel_file: Path
) -> None:
    """To the hundredth, with marks and without."""
    assert content.weights is not None
    with kernel_at(kernel_file):
        scales = Scales(content.weights)
    with without_kernel():
        plain = Scales(content.weights)
    for text in [*texts, "mi pierna está ñandú x"]:
        read = gate.read(text)
        weighed = [*parts(read), marked(read, ["weakness", "numbness"], ["stroke"])]
        for part in filter(None, weighed):
            assert plain.over(part) == scales.over(part), text


def test_more_patterns_are_met_than_there_is_room_for_at_once(urgent: Urgent, kernel_file: Path) -> None:
    """None is lost."""
    with kernel_at(kernel_file):
        gate = Gate(urgent)
    with without_kernel():
        plain = Gate(urgent)
    read = plain.read("crushing chest pain and i cant breathe " * 80)
    found = gate._index.hits(read)
    assert len(found) > ENOUGH
    assert plain._index.hits(read) == found


def test_the_kernel_is_what_the_gate_uses(compiled_kernel: Kernel, urgent: Urgent) -> None:
    """Where there is one."""
    assert library.kernel() is compiled_kernel
    assert isinstance(Gate(urgent)._index.trying, Patterns)
