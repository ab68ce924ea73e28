"""What is taken out of a question before it is kept: numbers, e-mail addresses, links, and names it can recognise.

It takes out too much rather than too little: a capitalised word that the FAQ itself does not use counts as a name.
"""

import re
from collections.abc import Callable, Iterable


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


NUMBER, ADDRESS, LINK, NAME = "[number]", "[e-mail]", "[link]", "[name]"
DIGITS = "zero|oh|one|two|three|four|five|six|seven|eight|nine"
EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+|\b[\w.]+\s*[(\[]?\bat\b[)\]]?\s*\w+\s*[(\[]?\bdot\b[)\]]?\s*\w+", re.I)
URL = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|gov|edu|io|me|info|us|ca)\b(?:/\S*)?", re.I)
HANDLE = re.compile(r"@\w+")
FIGURES = re.compile(r"[+(#]?\d(?:[\d\s().\-/:,]*\d)?")
SPELLED = re.compile(rf"\b(?:{DIGITS})(?:[\s,\-]+(?:{DIGITS})){{3,}}\b", re.I)
INTRODUCED = re.compile(
    r"\b(my name is|my name's|names? is|name:|i am called|i'm called|call me|named|signed|regards,?|sincerely,?)"
    r"\s+([^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*)?)",
    re.I,
)
TITLED = re.compile(r"\b(dr|doctor|mr|mrs|ms|miss|mx|nurse|prof|professor)\b(\.?\s+)([^\W\d_][\w'’-]*)", re.I)
WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
SHORTEST_SHOUT = 6  # capital letters that are a name rather than an abbreviation
KEPT = _set("i i'm i've i'd i'll i’m i’ve i’d i’ll dr mr mrs ms mx prof name")
NOT_NAMES = _set("and but or so the a an is was i my for with at on in if when back please about later")
# Given names that are no English words too: the hundred and fifty that are most common in the United States.
GIVEN = _set(
    """
    aaron abigail adam alan albert alexander alexis alice amanda amber amy andrea andrew angela ann anna anthony
    arthur ashley austin barbara benjamin bethany betty beverly billy bobby brandon brenda brian brittany bruce
    bryan carl carol carolyn catherine charles charlotte cheryl christian christina christine christopher cynthia
    daniel danielle david deborah debra denise dennis diana diane donald donna doris dorothy douglas dylan edward
    elijah elizabeth emily emma eric ethan eugene evelyn frances gabriel gary george gerald gloria gregory hannah
    harold heather helen henry isabella jacob jacqueline james janet janice jason jean jeffrey jennifer jeremy jerry
    jesse jessica joan joe john jonathan jordan jose joseph joshua joyce juan judith judy julia julie justin karen
    katherine kathleen kathryn keith kelly kenneth kevin kimberly kyle larry laura lauren lawrence linda lisa logan
    louis madison margaret maria marie marilyn martha mary matthew megan melissa michael michelle nancy natalie
    nathan nicholas nicole noah olivia pamela patricia patrick paul peter philip phillip rachel ralph randy raymond
    rebecca richard robert roger ronald russell ruth ryan samantha samuel sandra sarah scott sean sharon shirley
    sophia stephanie stephen steven susan tyler teresa theresa thomas timothy tina vincent victoria virginia walter
    wayne william zachary
    """
)


class Scrubber:
    """Built once from the words of the FAQ, which are no names."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = frozenset(word for text in texts for word in WORD.findall(text.lower())) - GIVEN

    def scrub(self, text: str) -> str:
        """The text without what might tell who wrote it."""
        for pattern, instead in ((EMAIL, ADDRESS), (URL, LINK), (HANDLE, NAME), (SPELLED, NUMBER), (FIGURES, NUMBER)):
            text = pattern.sub(instead, text)
        text = INTRODUCED.sub(lambda found: f"{found[1]} {_named(found[2])}", text)
        text = TITLED.sub(self._titled, text)
        return WORD.sub(self._judge(text), text)

    def _titled(self, found: re.Match[str]) -> str:
        name = found[3]
        if name.lower() in self._known | NOT_NAMES and not name[0].isupper():
            return found[0]
        return f"{found[1]}{found[2]}{NAME}"

    def _judge(self, text: str) -> Callable[[re.Match[str]], str]:
        letters = [letter for letter in text if letter.isalpha()]
        shouted = sum(map(str.isupper, letters)) * 2 > len(letters)

        def judge(found: re.Match[str]) -> str:
            word = found[0]
            plain = re.sub(r"['’]s$", "", word.lower())
            marker = text[found.start() - 1 : found.start()] == "["
            if marker or plain in KEPT or (plain in self._known and plain not in GIVEN):
                return word
            if plain in GIVEN:
                return NAME
            abbreviation = word.isupper() and len(word) < SHORTEST_SHOUT and not shouted
            return word if abbreviation or not word[0].isupper() else NAME

        return judge


def _named(words: str) -> str:
    """The name after "my name is": the word and, unless the sentence goes on, the next."""
    first, *rest = words.split(maxsplit=1)
    if first.lower() in NOT_NAMES:
        return words
    if rest and rest[0].lower() in NOT_NAMES:
        return f"{NAME} {rest[0]}"
    return NAME
