"""The printed guide, page by page: the tree, the ends, and the place to sign."""

from collections.abc import Iterator

from bot.charts import ends, tree
from bot.charts.numbering import Plan
from bot.charts.svg import FAINT, HEIGHT, INK, RULE, WIDTH, line, text, wrapped
from bot.guide import paths, usual_length

TOP, BOTTOM, LEFT = 76, HEIGHT - 48, 36
SIGNATURE = 250  # what the last block takes
COLUMN = ends.WIDTH + 20


def pages(plan: Plan) -> list[str]:
    """All pages, as the insides of an SVG."""
    bodies = [*_tree(plan), *_typed(plan), *_ends(plan)]
    return [_page(plan, body, number, len(bodies)) for number, body in enumerate(bodies, 1)]


def _tree(plan: Plan) -> Iterator[str]:
    bands = [tree.band(plan, question) for question in plan.guide.questions]
    start, used = 0, 0.0
    for number, one in enumerate(bands):
        if number > start and TOP + used + one.height > BOTTOM:
            yield tree.draw(plan, bands[start:number], TOP)
            start, used = number, 0.0
        used += one.height + tree.GAP
    yield tree.draw(plan, bands[start:], TOP)


def _typed(plan: Plan) -> Iterator[str]:
    """What may be typed instead of tapping: a wrong word here would send somebody the wrong way."""
    says = plan.guide.says
    common = (("goes on", says.clear), ('a typed "yes"', says.affirms), ("unsure", says.unsure))
    told = [f'At any question, for the answer marked "{name}": {"; ".join(words)}' for name, words in common]
    told.append(f'May stand anywhere in an answer that is not marked "goes on": {"; ".join(says.fillers)}')
    told += [
        f"{plan.names[question.id]} {option.id}, {option.label}: {'; '.join(option.says)}"
        for question in plan.guide.questions
        for option in question.options
        if option.says
    ]
    rows = [row for one in told for row in wrapped(one, WIDTH - 2 * LEFT, 9)]
    fitting = int((BOTTOM - TOP) / 12) - 2
    for start in range(0, len(rows), fitting):
        head = text(LEFT, TOP + 12, "What a person may type instead of tapping", 12, bold=True)
        shown = enumerate(rows[start : start + fitting])
        yield head + "".join(text(LEFT, TOP + 34 + 12 * number, row, 9) for number, row in shown)


def _ends(plan: Plan) -> Iterator[str]:
    """Two columns, filled one after the other; the signature comes below them, or on a page of its own."""
    parts, column, y = "", 0, float(TOP)
    for outcome in plan.guide.outcomes:
        one = ends.card(plan, outcome)
        if y + one.height > BOTTOM:
            column, y = column + 1, float(TOP)
        if column > 1:
            yield parts
            parts, column = "", 0
        parts += ends.draw(plan, one, LEFT + column * COLUMN, y)
        y += one.height + 10
    if column == 1 or y + SIGNATURE > BOTTOM:
        yield parts
        parts, y = "", float(TOP)
    yield parts + _signature(plan, y + 14)


def _page(plan: Plan, body: str, number: int, count: int) -> str:
    review = plan.guide.review
    state = f"signed by {review.by}, {review.date}" if plan.guide.signed else "draft: no clinician has signed this text"
    about = f"Version {plan.guide.version}, text {plan.guide.fingerprint}, {state}"
    return "".join((
        text(LEFT, 40, plan.say("Who should I see? The guide of {clinic}"), 15, bold=True),
        text(LEFT, 57, about, 9, fill=FAINT),
        line((LEFT, 64), (WIDTH - LEFT, 64), stroke=RULE),
        body,
        text(LEFT, HEIGHT - 24, f"Page {number} of {count}", 9, fill=FAINT),
        text(WIDTH - 330, HEIGHT - 24, f"{plan.guide.fingerprint}. General information for patients, no diagnosis.", 9,
             fill=FAINT),
    ))  # fmt: skip


def _signature(plan: Plan, y: float) -> str:
    guide, width = plan.guide, WIDTH - 2 * LEFT
    lengths = [len(path) for path, _ in paths(guide)]
    told = (
        f"{len(lengths)} paths, {usual_length(guide)} taps as a rule, {max(lengths, default=0)} at most. "
        "Every answer to a danger question but \"goes on\" ends with help; \"faqbot check\" proves it.",
        "Under each end that sends to the emergency room: "
        f"{plan.say(guide.safety_net_er)} {plan.say(guide.disclaimer)}",
        "Under each other end but the emergency number and the crisis line: "
        f"{' '.join(plan.say(guide.safety_net).splitlines())} {plan.say(guide.disclaimer)}",
        "I have read all questions, answers and ends of this text, and they may be shown to patients.",
    )  # fmt: skip
    parts = []
    for one in told:
        for said in wrapped(one, width, 10):
            parts.append(text(LEFT, y, said, 10))
            y += 14
        y += 6
    for name in ("Name", "Signature", "Date, and when to look again"):
        y += 34
        parts.append(line((LEFT + 190, y), (LEFT + 560, y), stroke=INK))
        parts.append(text(LEFT, y, name, 10))
    parts.append(text(LEFT, y + 24, 'Then: faqbot sign guide --by "NAME" --date YYYY-MM-DD', 9, fill=FAINT))
    return "".join(parts)
