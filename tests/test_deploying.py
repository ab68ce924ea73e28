"""What platforms read (Procfile, app.json, render.yaml, requirements) is true: it is run, or compared with the code."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml
from honcho.environ import parse_procfile

from bot.kernel import compiling
from bot.settings import Settings
from bot.workbench import LocalBotApi
from tests.support.process import environment, process
from tests.support.serving import free_port, quick_api

ROOT = Path(__file__).parents[1]
VARIABLES = {name.upper() for name in Settings.model_fields}
PROCESSES = parse_procfile((ROOT / "Procfile").read_text("utf-8")).processes


@pytest.fixture
async def api() -> AsyncIterator[LocalBotApi]:
    """Telegram."""
    async with quick_api() as api:
        yield api


@pytest.mark.loopback
async def test_the_procfile_runs_as_it_stands(api: LocalBotApi, tiny_faq: Path, tmp_path: Path) -> None:
    """Release, boot, readiness, an update answered, SIGTERM: by honcho, as a Heroku-like platform does it."""
    environ = environment(api, tiny_faq, tmp_path / "cache", free_port()) | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    }
    (tmp_path / "cache").mkdir()
    release = await asyncio.create_subprocess_shell(PROCESSES["release"], cwd=ROOT, env=environ)
    assert 0 == await asyncio.wait_for(release.wait(), 60)
    honcho = (sys.executable, "-m", "honcho", "-f", str(ROOT / "Procfile"), "start", "-p", environ["PORT"], "web")
    async with process(environ, honcho) as platform:
        await platform.ready()
        await api.say("do i need an mri")
        assert (await api.wait_for_reply())["text"].startswith("Do I need an MRI?")
        await api.wait_until_settled()
        platform.signal(signal.SIGTERM)
        _, logged = await platform.ended(10)
    assert "stopped (rc=0)" in logged
    assert [] == api.calls_of("deleteWebhook")


@pytest.mark.loopback
async def test_it_needs_no_disk(api: LocalBotApi, tiny_faq: Path, tmp_path: Path) -> None:
    """A cache that cannot be written, not even made, costs nothing but time."""
    environ = environment(api, tiny_faq, Path("/proc/none"), free_port())
    async with process(environ, (sys.executable, "-m", "bot", "serve")) as bot:
        await bot.ready()
        await api.say("do i need an mri")
        assert (await api.wait_for_reply())["text"].startswith("Do I need an MRI?")
        bot.signal(signal.SIGTERM)
        code, logged = await bot.ended()
    assert (0, False) == (code, "Traceback" in logged), logged
    assert {"event", "level", "timestamp"} <= set.intersection(*(set(json.loads(line)) for line in logged.splitlines()))


# Everything read-only in a mount namespace of its own, then nobody instead of root. Fails where a file can be written.
LOCKED_DOWN = """
for place in $(cut -d' ' -f2 /proc/self/mounts); do mount -o remount,ro,bind "$place" 2>/dev/null; done
for place in / /tmp /dev/shm "$PROBE"; do ! touch "$place/written" 2>/dev/null || exit 99; done
[ "$ROOT" = False ] || exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@"
exec "$@"
"""


def locked_down(tmp_path: Path) -> list[str]:
    """What to put before a command; the test is skipped where this machine cannot do that."""
    if not all(map(shutil.which, ("unshare", "setpriv"))):
        pytest.skip("needs unshare and setpriv")
    root = os.geteuid() == 0
    script = f"PROBE={tmp_path} ROOT={root}\n{LOCKED_DOWN}"
    prefix = ["unshare", "--mount", *([] if root else ["--map-root-user"]), "sh", "-c", script, "sh"]
    tried = subprocess.run([*prefix, sys.executable, "-c", "import bot"], cwd=ROOT, capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"cannot be locked down here: {tried.stderr[:200]}")
    return prefix


@pytest.mark.loopback
async def test_it_runs_as_nobody_on_a_read_only_file_system(api: LocalBotApi, tmp_path: Path) -> None:
    """The shipped content, a database that cannot be opened: patients are answered, and it stops as ever."""
    environ = environment(api, ROOT / "faq", tmp_path / "cache", free_port()) | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    }
    async with process(environ, (*locked_down(tmp_path), sys.executable, "-m", "bot", "serve")) as bot:
        await bot.ready(60)
        await api.say("crushing chest pain")
        assert "911" in (await api.wait_for_reply())["text"].splitlines()[0]
        await api.wait_until_settled()
        bot.signal(signal.SIGTERM)
        code, logged = await bot.ended()
    assert (0, False) == (code, "Traceback" in logged), logged


def test_the_build_hook_puts_the_kernel_where_it_is_looked_for() -> None:
    """Hatchling is not at hand here, so its hook is read: the file that it compiles with, and where that leaves it."""
    hook = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    text = (ROOT / hook["hooks"]["custom"]["path"]).read_text("utf-8")
    named = dict(re.findall(r'^(\w+) = "(.+)"$', text, re.MULTILINE))
    assert {"COMPILING": ROOT / named["COMPILING"], "COMPILED": ROOT / named["COMPILED"]} == {
        "COMPILING": Path(compiling.__file__),
        "COMPILED": compiling.COMPILED,
    }


def test_app_json_describes_every_variable() -> None:
    """And none that is not read. PORT is the platform's."""
    described = json.loads((ROOT / "app.json").read_text("utf-8"))["env"]
    assert VARIABLES - {"PORT"} == set(described)
    assert [] == [name for name, about in described.items() if len(about["description"]) < 20]


def test_render_yaml_sets_only_what_is_read() -> None:
    """Its commands are those of the Procfile."""
    (service,) = yaml.safe_load((ROOT / "render.yaml").read_text("utf-8"))["services"]
    assert VARIABLES >= {variable["key"] for variable in service["envVars"]}
    told = f"{service['buildCommand']} {service['startCommand']}"
    for command in re.findall(r"python -m bot \w+", " ".join(PROCESSES.values())):
        assert command in told


def test_the_deploying_page_names_no_variable_that_is_not_read() -> None:
    """It is followed to the letter."""
    told = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    assert VARIABLES | {"OPENBLAS_NUM_THREADS"} >= set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", told))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-bench.txt"])
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    """And no file says where it came from."""
    text = (ROOT / name).read_text("utf-8")
    pins = re.findall(r"^([A-Za-z0-9._-]+)==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)) > 20
    assert "://" not in text
