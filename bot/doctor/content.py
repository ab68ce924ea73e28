"""Content, gate and engine: can this bot talk to patients, and how well?"""

from pathlib import Path

from bot.content.loading import Content, load
from bot.doctor.finding import Finding
from bot.urgent import self_check


def look(root: Path, require_review: bool) -> list[Finding]:
    """Findings about what is in the content directory."""
    if not root.is_dir():
        return [Finding("fail", "content", f"{root} is not there", "set FAQ_DIR to the folder that holds clinic.yaml")]
    loaded = load(root)
    content = loaded.content
    if content is None:
        errors = [problem for problem in loaded.problems if problem.severity == "error"]
        first = f"{len(errors)} errors, the first: {errors[0].place} {errors[0].message}"
        return [Finding("fail", "content", first, "run `faqbot check`")]
    parts = {"clinic.yaml": content.clinic, "messages.yaml": content.messages, "guide.yaml": content.guide}
    missing = [name for name, part in {**parts, "urgent.yaml": content.urgent}.items() if part is None]
    if missing:
        return [Finding("fail", "content", f"{', '.join(missing)} missing", f"add to {root}")]
    found = Finding("ok", "content", f"{len(content.entries)} entries, {content.hash[:12]}")
    return [found, *_unfinished(content, require_review), *_gate(content)]


def _unfinished(content: Content, require_review: bool) -> list[Finding]:
    found = []
    if content.clinic is not None and content.clinic.placeholder:
        found.append(Finding("warn", "content", "the clinic's name and phone are not filled in", "edit clinic.yaml"))
    drafts = sum(entry.medical and not entry.signed for entry in content.entries.values())
    if drafts:
        withheld = "withheld (REQUIRE_REVIEW)" if require_review else "marked as drafts"
        fix = "have a clinician review and sign them"
        found.append(Finding("note", "content", f"{drafts} answers unsigned, {withheld}", fix))
    return found


def _gate(content: Content) -> list[Finding]:
    if content.gate is None or content.urgent is None:
        return []
    faults = list(self_check(content.gate, content.urgent))
    if faults:
        what = f"{len(faults)} examples wrong, the first: {faults[0]}"
        return [Finding("fail", "gate", what, "mend urgent.yaml, run `faqbot check`")]
    return [Finding("ok", "gate", f"{len(content.urgent.rules)} rules, all their examples right")]
