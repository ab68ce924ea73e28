"""Encryption and keyed hashes, each purpose under a key of its own, all from DATA_KEY.

cryptography, seven megabytes, is loaded where there is a key.
"""

import hashlib
import hmac
import os
from typing import Literal

NONCE = 12  # bytes
Purpose = Literal["inbox", "sessions"]


class Sealed(Exception):
    """Bytes that this key does not open: another DATA_KEY, or damage."""


class Keys:
    """AES-256-GCM and HMAC-SHA-256; the keys are derived by HKDF, so that one purpose tells nothing of another."""

    def __init__(self, data_key: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        secret = data_key.encode()
        self._ciphers = {name: AESGCM(_derived(secret, f"{name} encryption")) for name in ("inbox", "sessions")}
        self._hashing = {name: _derived(secret, f"{name} hash") for name in ("inbox", "sessions")}

    def seal(self, purpose: Purpose, plain: bytes, row: str) -> bytes:
        """Encrypt; bound to the row that it stands in."""
        nonce = os.urandom(NONCE)
        return nonce + self._ciphers[purpose].encrypt(nonce, plain, row.encode())

    def unseal(self, purpose: Purpose, sealed: bytes, row: str) -> bytes:
        """Decrypt. Raises Sealed."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._ciphers[purpose].decrypt(sealed[:NONCE], sealed[NONCE:], row.encode())
        except (InvalidTag, ValueError):
            raise Sealed from None

    def hashed(self, purpose: Purpose, *parts: object) -> str:
        """A keyed hash, 64 hexadecimal digits. Of a person it is still personal data: it runs out like the rest."""
        return hmac.new(self._hashing[purpose], repr(parts).encode(), hashlib.sha256).hexdigest()


def _derived(secret: bytes, purpose: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"faqbot 1 {purpose}".encode()).derive(secret)
