"""Test wordings for the tiny FAQ, written into a folder."""

from __future__ import annotations

from pathlib import Path

IMAGING = """\
questions:
  mri_need:
    - "is an mri really needed"
    - "should i get that mri"
  emg:
    - "will the emg be painful"
none:
  - "purple elephants on tuesday"
"""
TREATMENT = """\
questions:
  brace:
    - "would a brace help my knee"
  chat.greeting:
    - "hi there everybody"
"""


def write_questions(folder: Path, **more: str) -> Path:
    """Write the files (and more, by name) and give the folder back."""
    folder.mkdir(parents=True)
    for name, text in {"imaging": IMAGING, "treatment": TREATMENT, **more}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
