"""A tiny FAQ of our own: small enough to be built in a second, complete enough to talk to patients."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from bot.content.entries import Entry

SHIPPED = Path(__file__).parents[2] / "faq" / "en"
SIGNED = {"by": "Dr. Example", "date": "2026-01-15", "due": "2027-01-15"}
CLINIC = """\
name: "Example Clinic"
phone: "(555) 555-0100"
hours: "Monday to Friday, 9 am to 5 pm"
address: "1 Example Street, Example Town"
booking: "https://www.example.com/book"
country: "US"
language: "en"
"""


def entry(identifier: str, question: str, answer: str, asked_as: list[str], **more: Any) -> dict[str, Any]:
    """One entry; `more` holds links, see_also, guide, review. A review without a hash gets that of the text."""
    made = {"id": identifier, "question": question, "answer": answer, "asked_as": asked_as, **more}
    if "review" in made:
        made["review"] = {"hash": Entry.model_validate(made).fingerprint, **made["review"]}
    return made


IMAGING = [
    entry(
        "mri_need",
        "Do I need an MRI?",
        "Most back pain gets better without one.\nAn exam comes first. Questions? Call {phone}.",
        ["do i need an mri for back pain", "should i get an mri", "is an mri needed", "do i really need that mri"],
        links=[{"text": "MedlinePlus: MRI scans", "url": "https://medlineplus.gov/mriscans.html"}],
        see_also=["mri_prep", "xray", "ct_scan"],
        guide=True,
    ),
    entry(
        "mri_prep",
        "How do I get ready for an MRI?",
        "Leave metal at home. Wear soft clothes.",
        ["how to prepare for an mri", "what to wear to an mri", "get ready for my mri", "mri preparation"],
    ),
    entry(
        "xray",
        "What does an X-ray show?",
        "An X-ray shows bones.",
        ["what can you see on an x-ray", "x-ray of my spine", "why an x-ray", "xray shows what"],
    ),
    entry(
        "ct_scan",
        "What is a CT scan?",
        "A CT scan takes many X-ray pictures.",
        ["what is a cat scan", "what does a ct scan do", "why a ct scan", "ct scan explained"],
    ),
    entry(
        "emg",
        "Does an EMG hurt?",
        "It stings a little, and it is over soon.",
        ["is an emg painful", "does the emg hurt a lot", "emg needles hurt", "how bad is the emg"],
    ),
    entry(
        "blood_test",
        "Why do I need a blood test?",
        "A blood test can show swelling.",
        ["what is the blood test for", "why take my blood", "blood test reason", "blood drawn why"],
    ),
    entry(
        "bone_density",
        "What is a bone density test?",
        "It measures how strong your bones are.",
        ["dexa scan", "what is a dexa", "bone density", "test for thin bones"],
    ),
    entry(
        "ultrasound",
        "What is an ultrasound?",
        "It makes pictures with sound.",
        ["ultrasound of my shoulder", "what does an ultrasound do", "sound picture", "is ultrasound safe"],
    ),
    entry(
        "results",
        "When do I get my results?",
        "Most results come within a week.",
        ["when are results ready", "how long for results", "waiting for my results", "where are my results"],
    ),
    entry(
        "contrast_dye",
        "What is contrast dye?",
        "It makes some parts easier to see.",
        ["is the dye safe", "what is the dye for", "contrast", "why dye"],
    ),
]
TREATMENT = [
    entry(
        "brace",
        "Does a knee brace 🦵 help?",
        "A brace can help for a while.",
        ["should i wear a knee brace", "knee brace help", "is a brace good", "brace for my knee"],
        see_also=["therapy"],
    ),
    entry(
        "therapy",
        "What does physical therapy do?",
        "It makes you stronger, step by step.",
        ["is physical therapy worth it", "what happens in physical therapy", "does therapy work", "why therapy"],
        review=SIGNED,
        guide=True,
    ),
]
SMALL_TALK = [
    entry("chat.greeting", "Hello", "Hello! What would you like to know?", ["hi", "hey", "good morning", "hi there"]),
    entry("chat.thanks", "Thank you", "You're welcome.", ["thanks", "thx a lot", "thank you so much", "cheers"]),
    entry(
        "chat.robot",
        "Are you a robot?",
        "Yes, I am a robot.",
        ["are you a bot", "is this a person", "are you human", "is this a robot"],
    ),
    entry(
        "not_ours.teeth",
        "Do you treat teeth?",
        "We don't treat teeth. A dentist does.",
        ["i need a dentist", "my tooth aches", "do you do teeth", "wisdom tooth"],
    ),
]
GROUPS = {
    "imaging": ("MRI and tests", IMAGING),
    "treatment": ("Treatment", TREATMENT),
    "chat": ("Small talk", SMALL_TALK),
}
COPIED = ("messages.yaml", "words.yaml", "guide.yaml", "urgent.yaml", "urgent_weights.tsv")


def write_faq(root: Path, without: tuple[str, ...] = ()) -> Path:
    """Write the tiny FAQ into `root` (a new directory), leaving out the files named, and give it back."""
    entries = root / "en" / "entries"
    entries.mkdir(parents=True)
    if "clinic.yaml" not in without:
        (root / "clinic.yaml").write_text(CLINIC, encoding="utf-8")
    for name in COPIED:
        if name not in without and not (name == "urgent_weights.tsv" and "urgent.yaml" in without):
            shutil.copyfile(SHIPPED / name, root / "en" / name)
    for name, (heading, group) in GROUPS.items():
        text = json.dumps({"group": heading, "entries": group}, ensure_ascii=False, indent=1)
        (entries / f"{name}.yaml").write_text(text + "\n", encoding="utf-8")
    return root
