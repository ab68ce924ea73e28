"""A second opinion from the sentence model: one linear ridge over all wordings, on the vectors before its last layer.

The neighbourhood sees a message's nearest wordings; this sees all of them, of another layer, and so errs elsewhere.
W = (X' D X + RIDGE I)^-1 X' D Y: X the vectors about their mean, of length 1; Y a column a class; D so that every class
counts alike, however many wordings it has.
"""

import numpy as np

from bot.matching.rows import Doubles, Floats, Numbers

RIDGE = 5.0  # a plateau: 2 to 8
PART = 2_048  # wordings that are looked at in one go
LOUD = 1.0  # its voice beside the neighbourhood's; a plateau: 0.7 to 1.5


class Overall:
    """What all wordings together say for each class."""

    def __init__(self, vectors: Floats, classes: Numbers, positive: Numbers, size: int) -> None:
        """`vectors`: of all wordings, (n, 384); `classes`: of each; `positive`: those that count, by number."""
        counts = np.bincount(classes[positive], minlength=size)
        self._shares = len(positive) / np.maximum(np.count_nonzero(counts) * counts, 1)
        self._classes = classes
        loud = self._shares[classes[positive]].astype(np.float32)
        parts = [slice(first, first + PART) for first in range(0, len(positive), PART)]  # all at once takes much memory
        self._middle = sum(loud[part] @ vectors[positive[part]] for part in parts) / loud.sum()
        alike, sums = RIDGE * np.eye(vectors.shape[1]), np.zeros((size, vectors.shape[1]))
        for part in parts:
            rows = self._centred(vectors[positive[part]]).astype(np.float64)
            weighed = rows * loud[part, None]
            alike += weighed.T @ rows
            np.add.at(sums, classes[positive[part]], weighed)
        self._inverse = np.linalg.inv(alike)
        self._weights = self._inverse @ sums.T

    def scores(self, vectors: Floats) -> Doubles:
        """The scores of each class for some messages: (m, 384) in, (m, classes) out."""
        found: Doubles = LOUD * (self._centred(vectors) @ self._weights)
        return found

    def left_out(self, vectors: Floats, wording: int, without: Numbers) -> Doubles:
        """The scores for a wording while some, itself among them, are left out: exact, and nothing is solved anew.

        (I - H)^-1 (F - H Y) over those left out; H = X M^-1 X' D, F what is said with them.
        """
        rows, kinds = self._centred(vectors[without]).astype(np.float64), self._classes[without]
        hat = rows @ self._inverse @ rows.T * self._shares[kinds]
        share = np.linalg.solve((np.eye(len(without)) - hat).T, (without == wording).astype(np.float64))
        said = share @ (rows @ self._weights)
        found: Doubles = LOUD * (said - np.bincount(kinds, share @ hat, minlength=len(said)))
        return found

    def _centred(self, vectors: Floats) -> Floats:
        """About the wordings' mean, of length 1."""
        about: Floats = vectors - self._middle
        lengths = np.sqrt(np.einsum("ij,ij->i", about, about))
        about /= np.maximum(lengths, np.float32(1e-6))[:, None]
        return about
