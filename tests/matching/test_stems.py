"""Stems: what is said of one thing and of many is the same; no patient's word is remembered."""

# ruff: noqa: SIM300 - expected == actual is the house style

from bot.matching.stems import STEMMERS, Stems


def test_one_and_many_have_the_same_stem() -> None:
    """Endings do not count."""
    assert 1 == len({Stems("en")(word) for word in ("scan", "scans", "scanned", "scanning")})


def test_each_language_has_its_own() -> None:
    """All that are named can be had."""
    assert {"knie"} == {Stems(language)("knie") for language in STEMMERS if language in ("de", "nl")}
    assert all(Stems(language)("radio") for language in STEMMERS)


def test_a_language_without_a_stemmer_keeps_its_words_whole() -> None:
    """They are compared as they stand."""
    assert "scans" == Stems("xx")("scans")


def test_no_word_is_remembered() -> None:
    """The library would keep ten thousand of them."""
    assert 0 == Stems("en")._stemmer.maxCacheSize
