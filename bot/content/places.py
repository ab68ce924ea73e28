"""Where the content is."""

from pathlib import Path

IN_WHEEL = Path(__file__).parent.parent / "_faq"
IN_CHECKOUT = Path(__file__).parent.parent.parent / "faq"


def find_faq(setting: Path | None = None) -> Path:
    """FAQ_DIR if set, else ./faq, else the copy that was installed with the package."""
    if setting is not None:
        return setting
    here = Path("faq")
    return here if here.is_dir() else shipped_faq()


def shipped_faq() -> Path:
    """The content that came with the code."""
    return IN_WHEEL if IN_WHEEL.is_dir() else IN_CHECKOUT
