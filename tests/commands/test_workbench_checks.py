"""What the workbench says of the content that answers, while somebody is editing the next."""



import asyncio
from pathlib import Path

import pytest

from bot.commands import workbench
from bot.commands.workbench import Bench
from bot.content.loading import Loaded, load
from bot.settings import read_settings
from tests.support.tiny import write_faq


async def test_an_edit_that_is_taken_back_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check of what answers found the files changed: what it says is of what answers, once that is there again."""
    root = write_faq(tmp_path / "faq")
    content = load(root).unwrap()
    bench = Bench(read_settings({}), root)
    await bench._check(content)
    before = bench.problems()
    file = root / "en" / "entries" / "treatment.yaml"
    good = file.read_text(encoding="utf-8")
    read: list[str] = []
    looked = asyncio.Event()

    def watched(faq: Path) -> Loaded:
        read.append(file.read_text(encoding="utf-8"))
        loaded = load(faq)
        loop.call_soon_threadsafe(looked.set)
        return loaded

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(workbench, "load", watched)
    monkeypatch.setattr(workbench, "LOOK_AGAIN", 0.01)
    file.write_text(good.replace('"answer": "', '"answer": "It has no risks. '), encoding="utf-8")
    checking = asyncio.create_task(bench._check(content))
    await asyncio.wait_for(looked.wait(), 10)
    file.write_text(good, encoding="utf-8")
    await asyncio.wait_for(checking, 60)
    assert "It has no risks." in read[0]
    assert (good, before) == (read[-1], bench.problems())
