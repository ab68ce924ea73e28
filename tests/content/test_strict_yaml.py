"""Each way YAML bites is an error at its place, and what is harmless passes."""

# ruff: noqa: SIM300 - expected == actual is the house style

from pathlib import Path

import pytest

from bot.content.strict_yaml import MAX_DEPTH, Document, read, yaml_files


def problem(text: str) -> tuple[str, str]:
    """The place and the message of the only problem of `text`."""
    (found,) = Document("x.yaml", text).problems
    return str(found.place), found.message


def messages(text: str) -> list[str]:
    """What is wrong with `text`."""
    return [found.message for found in Document("x.yaml", text).problems]


def test_plain_values_are_read_as_they_look() -> None:
    """Text, whole and broken numbers, true, false and nothing."""
    document = Document("x.yaml", "a: text\nb: 5\nc: 1.5\nd: true\ne: false\nf: null\ng: ~\nh:\n")
    expected = {"a": "text", "b": 5, "c": 1.5, "d": True, "e": False, "f": None, "g": None, "h": None}
    assert expected == document.data
    assert [] == document.problems


def test_quoted_values_stay_text() -> None:
    """Quotes, single or double, and blocks protect from every trap."""
    document = Document("x.yaml", "a: \"yes\"\nb: '12:30'\nc: \"010\"\nd: |\n  no # kept\ne: 'a # b'\n")
    assert {"a": "yes", "b": "12:30", "c": "010", "d": "no # kept\n", "e": "a # b"} == document.data
    assert [] == document.problems


@pytest.mark.parametrize(
    "written", ["2026-01-31", "1,000", "1-2", "5 mg", "08", "1e3", ".5", "Null", "no way", "12.30.1"]
)
def test_what_only_resembles_a_trap_is_text(written: str) -> None:
    """Dates, words and figures that stay as they are typed are left alone."""
    document = Document("x.yaml", f"a: {written}\n")
    assert {"a": written} == document.data
    assert [] == document.problems


def test_a_duplicate_key_is_an_error() -> None:
    """At the second one: the first would be lost."""
    assert ("x.yaml:3:1", "`a` stands here twice") == problem("a: 1\nb: 2\na: 3\n")


def test_a_duplicate_key_is_found_in_one_line() -> None:
    """Also within braces."""
    assert ("x.yaml:1:13", "`a` stands here twice") == problem("b: {a: one, a: two}\n")


def test_a_duplicate_key_is_found_across_kinds() -> None:
    """1 and "1" are one key once keys are text."""
    assert ("x.yaml:2:1", "`1` stands here twice") == problem("1: a\n'1': b\n")


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "On", "oFF", "True", "FALSE"])
def test_a_bare_yes_or_no_is_an_error_as_a_value(word: str) -> None:
    """YAML 1.1 would make it true or false."""
    assert ("x.yaml:1:4", f"bare `{word}` is not text in YAML: it becomes true or false") == problem(f"a: {word}\n")


@pytest.mark.parametrize("word", ["yes", "no", "on", "off"])
def test_a_bare_yes_or_no_is_an_error_as_a_key(word: str) -> None:
    """The key would become true or false."""
    assert ("x.yaml:2:3", f"bare `{word}` is not text in YAML: it becomes true or false") == problem(
        f"a:\n  {word}: and\n"
    )


@pytest.mark.parametrize("letter", ["y", "n", "Y", "N"])
def test_a_bare_y_or_n_stays_the_letter_it_is(letter: str) -> None:
    """Patients type them; as a key or a value, our reader never makes them true or false."""
    document = Document("x.yaml", f"{letter}: and\na: {letter}\n")
    assert {letter: "and", "a": letter} == document.data
    assert [] == document.problems


@pytest.mark.parametrize("written", ["[off]", "\n  - off"])
def test_a_bare_off_is_an_error_in_a_list(written: str) -> None:
    """In either form of a list."""
    assert ["bare `off` is not text in YAML: it becomes true or false"] == messages(f"a: {written}\n")


@pytest.mark.parametrize(
    "written",
    ["12:30", "9:05", "1:30:00", "12:30:45.5", "010", "-010", "00", "1_000", "+1_000", "1_0.5", "0x1F", "0b11"],
)
def test_a_number_in_disguise_is_an_error(written: str) -> None:
    """YAML 1.1 would count it in sixties, eights, sixteens or without its underscore."""
    assert ("x.yaml:1:4", f"bare `{written}` turns into another number in YAML") == problem(f"a: {written}\n")


def test_a_time_is_an_error_as_a_key() -> None:
    """Keys fall into the same trap."""
    assert ("x.yaml:1:1", "bare `12:30` turns into another number in YAML") == problem("12:30: noon\n")


def test_the_remedy_for_a_trap_shows_the_quotes() -> None:
    """It can be copied."""
    (found,) = Document("x.yaml", "a: 12:30\n").problems
    assert 'write "12:30" in quotes' == found.hint


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: pain # 1 reason\n", "x.yaml:1:8"),
        ("a: pain #1 reason\n", "x.yaml:1:8"),
        ("a: pain  #1 reason\n", "x.yaml:1:8"),
        ("a: pain\t# reason\n", "x.yaml:1:8"),
        ("a: #1 doctor\n", "x.yaml:1:3"),
        ("a:\n  - back\n  - pain #1\n", "x.yaml:3:9"),
        ("a: pain that goes\n  on and on # and on\nb: 1\n", "x.yaml:2:12"),
        ("a: [x,\n  z #1\n  ]\n", "x.yaml:2:4"),
    ],
)
def test_text_lost_after_a_hash_is_an_error(text: str, place: str) -> None:
    """What follows ` #` would vanish without a word, on one line or on the last of several."""
    where, message = problem(text)
    assert place == where
    assert message.startswith("the text after ` #` is lost: '#")


@pytest.mark.parametrize(
    "text",
    [
        "a: pain  # like this\n",
        "# above\na: pain\n",
        "a: pain\n  # below\n",
        "a:  # what follows\n  b: pain\n",
        "a: 'pain' # after a quote\n",
        "a: c#sharp\n",
        "a: pain  #\n",
    ],
)
def test_a_real_comment_is_fine(text: str) -> None:
    """Two spaces before the # and one after it, or a line of its own."""
    assert [] == messages(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [("\ta: 1\n", "x.yaml:1:1"), ("a:\n\t- 1\n", "x.yaml:2:1"), ("a:\n  b:\n  \t- 1\n", "x.yaml:3:3")],
)
def test_a_tab_in_the_indentation_is_an_error(text: str, place: str) -> None:
    """YAML does not accept it, and it cannot be seen."""
    assert (place, "a tab in the indentation") == problem(text)


def test_every_tab_is_told() -> None:
    """In one pass."""
    assert ["a tab in the indentation"] * 2 == messages("a:\n\t- 1\n\t- 2\n")


def test_a_tab_on_an_empty_line_is_an_error() -> None:
    """The parser would stumble over it, and nobody sees it."""
    assert ("x.yaml:2:1", "a tab in the indentation") == problem("a: 1\n\t\nb: 2\n")


@pytest.mark.parametrize("text", ["a: &x text\n", "a: *x\n", "a: &x\n  b: 1\n", "a: &x [1]\n"])
def test_anchors_and_aliases_are_errors(text: str) -> None:
    """Text is written out where it is needed."""
    assert ("x.yaml:1:4", "`&` or `*` at the start of a value is YAML's way to copy text") == problem(text)


def test_an_alias_bomb_is_refused_before_it_is_built() -> None:
    """Nine lines that would grow to a billion words are told line by line."""
    lines = ["a0: &a0 [lol, lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    document = Document("x.yaml", "\n".join(lines))
    assert list(range(1, 11)) == [found.place.line for found in document.problems]
    assert document.data is None


@pytest.mark.parametrize("text", ["<<: {a: 1}\n", "<<: [{a: 1}]\n"])
def test_a_merge_key_is_an_error(text: str) -> None:
    """`<<` would bring in keys that nobody sees."""
    assert ("x.yaml:1:1", "`<<` merges other keys in") == problem(text)


@pytest.mark.parametrize(
    "tagged", ["!!str 5", "!!python/object/apply:os.system ['id']", "!foo x", "!!set {a}", "!!binary aGk=", "! 5"]
)
def test_tags_are_errors(tagged: str) -> None:
    """No value is turned into something else, and nothing is ever run."""
    where, message = problem(f"a: {tagged}\n")
    assert "x.yaml:1:4" == where
    assert message.startswith("a YAML tag (")


def test_aliases_and_tags_are_all_told() -> None:
    """In one pass, each at its line."""
    assert [1, 2, 4] == [found.place.line for found in Document("x.yaml", "a: &x 1\nb: *x\nc: 1\nd: !t 1\n").problems]


def test_a_second_document_is_an_error() -> None:
    """What follows `---` would be lost."""
    assert ("x.yaml:2:1", "a second document (`---`)") == problem("a: 1\n---\nb: 2\n")


def test_a_file_may_begin_with_the_mark_of_a_document() -> None:
    """`---` at the top is no second document."""
    document = Document("x.yaml", "---\na: 1\n")
    assert {"a": 1} == document.data
    assert [] == document.problems


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a: "open\nb: 1\n', "x.yaml:1:4"),
        ("b: 1\na: 'open\n\n", "x.yaml:2:4"),
        ("a: [x\nb: 1\n", "x.yaml:1:4"),
        ("a: {b: x\n\n", "x.yaml:1:4"),
    ],
)
def test_an_unclosed_quote_or_bracket_is_told_where_it_opens(text: str, place: str) -> None:
    """Not at the end of the file, where the parser gave up."""
    assert (place, "what opens here is not closed") == problem(text)


def test_a_quote_closed_by_the_next_one_is_told_near_it() -> None:
    """The parser sees it one line later; the remedy names the line above and quotes."""
    (found,) = Document("x.yaml", 'a: x\nb: "open\nc: "shut"\n').problems
    assert "x.yaml:3:5" == str(found.place)
    assert "check the indentation here and on the line above, and that every quote is closed" == found.hint


def test_a_colon_in_text_is_an_error_that_advises_quotes() -> None:
    """`a: what: now` is no text."""
    (found,) = Document("x.yaml", "a: what: now\n").problems
    assert "x.yaml:1:8" == str(found.place)
    assert "a colon followed by a space inside the text? Put the whole value in quotes" == found.hint


@pytest.mark.parametrize("start", ["@", "`", "%"])
def test_a_character_that_cannot_start_a_value_is_told(start: str) -> None:
    """With quotes as the remedy."""
    (found,) = Document("x.yaml", f"a: {start}home\n").problems
    assert "x.yaml:1:4" == str(found.place)
    assert "a value cannot start with this character: put it in quotes" == found.hint


def test_a_placeholder_first_is_told_to_need_quotes() -> None:
    """`{clinic} is open` looks like a mapping to YAML."""
    (found,) = Document("x.yaml", "a: {clinic} is open\n").problems
    assert "a value cannot start with {: put it in quotes" == found.hint


def test_a_key_without_a_colon_is_told_at_its_line() -> None:
    """Not at the next one, where the parser noticed."""
    (found,) = Document("x.yaml", "a: 1\nb 2\nc: 3\n").problems
    assert ("x.yaml:2:1", "b 2") == (str(found.place), found.place.text)
    assert found.hint.startswith("write `name: value`")


def test_a_fault_after_the_end_is_told_at_the_last_line() -> None:
    """A place is always one that exists."""
    (found,) = Document("x.yaml", "a: 1\nb: 'open").problems
    assert "x.yaml:2:4" == str(found.place)


def test_wrong_indentation_is_an_error() -> None:
    """A key that is shifted by one space."""
    (found,) = Document("x.yaml", "a:\n  b: 1\n c: 2\n").problems
    assert 3 == found.place.line


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_holds_nothing(text: str) -> None:
    """Whether that is wrong is for the model to say."""
    document = Document("x.yaml", text)
    assert document.data is None
    assert [] == document.problems


@pytest.mark.parametrize("text", ["[" * 50, "- " * 100_000, "{" * 3000, "[" * 40 + "]" * 40])
def test_very_deep_nesting_is_refused(text: str) -> None:
    """Without running out of stack."""
    where, message = problem(text)
    assert where.startswith("x.yaml:1:")
    assert "nested too deeply" == message


def test_nesting_that_content_needs_is_fine() -> None:
    """Up to the limit."""
    assert [] == messages("[" * MAX_DEPTH + "]" * MAX_DEPTH)


@pytest.mark.parametrize(
    ("character", "name"),
    [("\0", "0000"), ("\a", "0007"), ("\x1b", "001B"), ("\x7f", "007F"), ("\x85", "0085"), ("\u2028", "2028")],
)
def test_control_characters_are_errors(character: str, name: str) -> None:
    """With the spot: they cannot be seen. Invisible line breaks are among them."""
    assert ("x.yaml:2:7", f"an invisible character (U+{name})") == problem(f"a: 1\nb: pai{character}n\n")


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\x1b", r"\u2028", r"\r"])
def test_control_characters_cannot_be_smuggled_in_as_escapes(escape: str) -> None:
    """Telegram would refuse or drop them."""
    where, message = problem(f'a: "pai{escape}n"\n')
    assert "x.yaml:1:4" == where
    assert message.startswith("an invisible character (U+")


def test_every_script_and_emoji_is_text() -> None:
    """Accents, curly quotes, non-breaking spaces and what lies beyond 16 bits."""
    text = "It\u2019s caf\u00e9\u00a0\u2013 \u4f60\u597d \U0001f600"
    document = Document("x.yaml", f"a: {text}\n")
    assert {"a": text} == document.data
    assert [] == document.problems


def test_a_key_that_is_a_list_is_an_error() -> None:
    """Keys are single words."""
    assert ("x.yaml:1:3", "a key must be a single word") == problem("? [a, b]\n: 1\n")


def test_a_number_of_thousands_of_digits_is_text() -> None:
    """Python would refuse to count it."""
    document = Document("x.yaml", f"a: {'9' * 5000}\n")
    assert {"a": "9" * 5000} == document.data


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_are_the_same(ending: str) -> None:
    """Windows, old Macs and the rest: same data, same places, clean lines."""
    document = Document("x.yaml", ending.join(["a: 1", "b: |", "  one", "  two", "c: yes", ""]))
    (found,) = document.problems
    assert {"a": 1, "b": "one\ntwo\n", "c": "yes"} == document.data
    assert ("x.yaml:5:4", "c: yes") == (str(found.place), found.place.text)


def test_a_problem_holds_the_line_itself() -> None:
    """With file, line and column, counted from 1."""
    (found,) = Document("x.yaml", "a: 1\nlist:\n  - one\n  - yes\n").problems
    assert ("x.yaml", 4, 5, "  - yes") == tuple(found.place)


def test_columns_count_characters() -> None:
    """Not bytes."""
    assert ("x.yaml:1:11", "bare `no` is not text in YAML: it becomes true or false") == problem(
        "caf\u00e9: [\u00e9, no]\n"
    )


def test_all_problems_of_a_file_come_in_one_pass() -> None:
    """In the order of the lines."""
    text = "a: yes\nb: 12:30\na: 1\nc: text #lost\nd:\n  - 010\n"
    assert [1, 2, 3, 4, 6] == [found.place.line for found in Document("x.yaml", text).problems]


def test_the_node_at_a_path_has_its_place() -> None:
    """Keys and list positions lead to it; where the path ends early, the deepest node does."""
    document = Document("x.yaml", "entries:\n  - id: one\n  - id: two\n")
    assert "x.yaml:3:9" == str(document.place_of("entries", 1, "id"))
    assert "x.yaml:3:5" == str(document.place_of("entries", 1, "answer"))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    """Windows Notepad writes one."""
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: yes\n")
    (found,) = read(tmp_path / "x.yaml", "x.yaml").problems
    assert "x.yaml:1:4" == str(found.place)


def test_what_is_not_utf_8_is_an_error_at_its_place(tmp_path: Path) -> None:
    """With the line as far as it can be read, and how to save it."""
    (tmp_path / "x.yaml").write_bytes("\ufeffa: caf\u00e9\nb: caf".encode() + b"\xe9 x\r\nc: 1\n")
    (found,) = read(tmp_path / "x.yaml", "x.yaml").problems
    assert ("x.yaml", 2, 7, "b: caf\ufffd x") == tuple(found.place)
    assert "save the file as UTF-8 (in Windows Notepad: Save as, Encoding: UTF-8)" == found.hint


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le"])
def test_other_unicode_encodings_are_refused(tmp_path: Path, encoding: str) -> None:
    """They are not guessed at."""
    (tmp_path / "x.yaml").write_bytes("a: caf\u00e9 \u4f60\n".encode(encoding))
    document = read(tmp_path / "x.yaml", "x.yaml")
    assert document.data is None
    assert document.problems


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """Not a crash."""
    (found,) = read(tmp_path / "gone.yaml", "gone.yaml").problems
    assert ("gone.yaml", "check that it exists") == (str(found.place), found.hint)


def test_a_folder_in_the_place_of_a_file_is_an_error(tmp_path: Path) -> None:
    """Whatever its name."""
    (tmp_path / "x.yaml").mkdir()
    assert 1 == len(read(tmp_path / "x.yaml").problems)


def test_yaml_files_come_by_name(tmp_path: Path) -> None:
    """Both endings in any case; neither other files nor an editor's hidden copies."""
    for name in ("c.YAML", "a.yml", "b.yaml", "notes.txt", ".#b.yaml", "d.yaml~", "e.yml.bak", "f.yxml"):
        (tmp_path / name).write_text("a: 1\n")
    assert ["a.yml", "b.yaml", "c.YAML"] == [path.name for path in yaml_files(tmp_path)]


def test_a_place_is_found_after_the_nodes_were_let_go() -> None:
    """They are made again from the lines, once."""
    document = Document("a.yaml", "a:\n  - b\n  - c\n")
    before = document.place_of("a", 1)
    document.let_go()
    assert (before, None) == (document.place_of("a", 1), document.data)
    assert document.node(("a",))[0] is document.node(("a",))[0]


def test_a_document_with_problems_keeps_its_nodes() -> None:
    """It is looked at at once, and may not be readable a second time."""
    document = Document("a.yaml", "a: 12:30\n")
    document.let_go()
    assert (1, {"a": "12:30"}) == (document.place_of("a").line, document.data)
