"""`faqbot bench`"""

def bench() -> None:
    """Later."""
