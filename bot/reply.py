"""The whole bot without Telegram: (what came in, session, now) -> (reply, session)."""

from typing import NamedTuple, get_args

from bot.answers import Answers
from bot.buttons import PassingOn, Tap, decode, keys
from bot.content.loading import Content
from bot.decision import Decider, Decision
from bot.errand import Errand
from bot.guide_screens import GuideScreens, Shown
from bot.incoming import Incoming
from bot.kept import NOTHING, Kept
from bot.menus import Menus
from bot.passing import Passing
from bot.said import Said
from bot.session import Session
from bot.urgent import failsafe

MENU_COMMANDS = ("start", "help", "topics", "guide", "contact", "privacy", "forget")


class Reply(NamedTuple):
    """One message to send (or, with `edit`, to put in the place of the tapped one); `decision` where there was one."""

    said: Said
    edit: bool = False
    quote: bool = False  # reply to the person's own message, so that a later tap brings its words back
    decision: Decision | None = None
    errand: Errand | None = None  # to be done first; it says what is said where that fails
    counted: tuple[str, str] | None = None  # a tap that is counted: outcome and entry
    warns: bool = False  # it says itself where to go now
    asks: bool = False  # the guide's open question can be read on it
    cautions: bool = False  # a card was set aside: the line of caution in its place is not held back either

    @property
    def urgent(self) -> bool:
        """An emergency card: nothing may hold it back."""
        return self.decision is not None and (self.decision.outcome == "urgent" or self.decision.gate_failed)


class Replier:
    """Built once from complete content; holds nothing about anybody."""

    def __init__(self, content: Content, decider: Decider, require_review: bool = False, kept: Kept = NOTHING) -> None:
        """Raises ValueError where the content lacks clinic, messages, guide or gate: `serve` refuses it."""
        if content.clinic is None or content.messages is None or content.guide is None or content.urgent is None:
            raise ValueError(
                "clinic.yaml, messages.yaml, guide.yaml and urgent.yaml are all needed to talk to patients"
            )
        self._content = content
        self._clinic = content.clinic
        self._urgent = content.urgent
        self.decider = decider
        self.kept = kept
        self.passing = Passing(content) if kept.inbox else None
        self.menus = Menus(content, kept)
        self.answers = Answers(content, require_review, self.passing.offer() if self.passing else None)
        self.guide = GuideScreens(content, require_review)
        self._entries = {letters: content.current(name) for letters, name in keys(content.titles).items()}
        self._rules = keys(rule.id for rule in content.urgent.rules)

    def reply(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply | None, Session]:
        """Answer one message or tap. None means: say nothing (a group talking among itself).

        In the half hour after an emergency card every other answer begins with the number."""
        session = session.at(now)
        reply, after = self._answered(incoming, session, now)
        if reply is not None:
            after = after.strayed_from_guide(not reply.asks)
        if reply is None or reply.urgent or reply.warns or session.card is None or after.card is None:
            return reply, after
        return reply._replace(said=self.answers.reminded(reply.said)), after

    def _answered(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply | None, Session]:
        if incoming.tap is not None:
            return self._tapped(incoming, session, now)
        if not incoming.private and not incoming.to_us:
            return None, session
        if incoming.text.strip():
            reply, session = self._text(incoming, session, now)
            return reply, session if incoming.album is None else session._replace(album=incoming.album)
        if incoming.album is not None and incoming.album == session.album:
            return None, session  # one reply for all the photos
        return Reply(self.menus.media(incoming.media or "other")), session._replace(album=incoming.album)

    def alarming(self, incoming: Incoming) -> bool:
        """Whether these words alone are an emergency: they may overtake what waits."""
        return (incoming.private or incoming.to_us) and bool(incoming.text) and self.decider.urgent(incoming.text)

    def late(self, reply: Reply, minutes: int) -> Reply:
        """A reply after an outage says so; under an emergency card, which stays the first thing to read."""
        return reply._replace(said=self.menus.late(reply.said, minutes, below=reply.urgent))

    def flooded(self) -> Reply:
        """The one notice before the silence."""
        return Reply(self.menus.flooded())

    def failure(self) -> Reply:
        """What is sent when answering broke."""
        return Reply(self.menus.failure())

    def failsafe(self) -> Reply:
        """What is sent when the gate itself broke: the emergency card."""
        return Reply(Said(failsafe(self._urgent, self._clinic.country, self._clinic.phone, self._clinic.name)))

    def _text(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply, Session]:
        decision, after = self.decider.decide(incoming.text, session, now)
        if decision.gate_failed:
            return self.failsafe()._replace(decision=decision), after.interrupted(now)
        if decision.outcome == "urgent":
            card = self.answers.card(decision.verdict)
            return Reply(card, quote=True, decision=decision), after.interrupted(now)
        reply, after = self._ordinary(incoming, decision, after, session, now)
        return (reply._replace(cautions=True) if decision.verdict.aside else reply), after

    def _ordinary(
        self, incoming: Incoming, decision: Decision, after: Session, session: Session, now: float
    ) -> tuple[Reply, Session]:
        """The reply to words that show no card. Whatever it is, a line of caution stands over it."""
        if incoming.text.lstrip().startswith("/") or not incoming.private:
            reply, session = self._unread(incoming, session, now)
            return reply._replace(said=self.answers.lined(reply.said, decision.verdict)), session.heard(after)
        shown = self._typed(incoming, session, now)
        if shown is not None and shown.goes_before(decision.verdict.tier):
            reply, session = self._shown(shown, session.heard(after), now)
            return reply._replace(said=self.answers.cautioned(reply.said, decision.verdict)), session
        return self._decided(decision, after, session)

    def _unread(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply, Session]:
        """Words that only the gate reads: behind a command, and in a group."""
        if incoming.text.lstrip().startswith("/"):
            return self._command(incoming, session, now)
        return Reply(self.menus.group_chat(), quote=True), session

    def _typed(self, incoming: Incoming, session: Session, now: float) -> Shown | None:
        """The guide's screen for an answer that was typed; None where it is a message like any other.

        A bare "no" counts only right under its question: after anything else it may be meant for that. What was
        written before the open question was shown never counts, nor an edit: they are about an earlier one."""
        text, common = incoming.text, self.guide.walker.common(incoming.text)
        if session.guide is None:
            return self.guide.lapsed(self.guide.show("")) if common and session.entry is None else None
        path = self.guide.walker.marked(session.guide)
        if path is None:
            return self.guide.restarted(self.guide.show("")) if common else None
        following = self.guide.walker.typed(path, text)
        if following is None:
            return self.guide.unclear(self.guide.show(path)) if common else self.guide.turned(path, text)
        meant = session.asked_before(incoming.written) and not incoming.edited and not (common and session.strayed)
        counts = meant and session.asks(now)
        return self.guide.chosen(following, text) if counts else self.guide.lapsed(self.guide.show(path))

    def _decided(self, decision: Decision, after: Session, before: Session) -> tuple[Reply, Session]:
        said = self.answers.decided(decision, resume=self.guide.resume(before.guide))
        may_be_passed_on = decision.outcome == "none" or (decision.outcome == "suggest" and self.passing is not None)
        return Reply(said, quote=may_be_passed_on, decision=decision), after

    def _command(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply, Session]:
        name = (
            incoming.text.lstrip()[1:].split(maxsplit=1)[0].split("@")[0].lower()
            if len(incoming.text.strip()) > 1
            else ""
        )
        if not incoming.private and name not in MENU_COMMANDS:
            return Reply(self.menus.group_chat()), session
        if name == "guide" and incoming.private:
            return self._guide("", session, now)
        if name == "forget":
            return Reply(self.menus.command(name)), Session()
        if not incoming.private and name in ("guide", "topics", "start"):
            return Reply(self.menus.group_chat()), session
        return Reply(self.menus.command(name)), session

    def _guide(self, path: str, session: Session, now: float, edit: bool = False) -> tuple[Reply, Session]:
        return self._shown(self.guide.show(path), session, now, edit)

    def _shown(self, shown: Shown, session: Session, now: float, edit: bool = False) -> tuple[Reply, Session]:
        said = Reply(shown.said, edit, warns=shown.urgent, asks=shown.asks)
        return said, session._replace(guide=shown.mark, guide_at=now)

    def _tapped(self, incoming: Incoming, session: Session, now: float) -> tuple[Reply, Session]:
        tap = decode(incoming.tap or "")
        if not incoming.private and (tap is None or tap.kind != "not_happening"):
            return Reply(self.menus.group_chat()), session
        if tap is None:
            return Reply(self.menus.stale()), session
        if tap.kind in ("guide", "change", "resume"):
            return self._guide_tap(tap, session, now)
        if tap.kind == "not_happening":
            return self._not_happening(tap, incoming, session, now)
        if tap.kind == "entry":
            entry = self._entries.get(tap.args[0] if tap.args else "")
            if entry is None:
                return Reply(self.menus.stale()), session
            return Reply(self.answers.entry(entry), counted=("opened", entry)), session._replace(entry=entry)
        if tap.kind in get_args(PassingOn):
            return self._passed_on(tap, incoming, session, now)
        return self._menu_tap(tap, session, now)

    def _menu_tap(self, tap: Tap, session: Session, now: float) -> tuple[Reply, Session]:
        if tap.kind == "topics":
            return Reply(self.menus.topics(), edit=bool(tap.args)), session
        if tap.kind == "group":
            said = self.menus.group(tap.args)
            return (Reply(said, edit=True) if said else Reply(self.menus.stale())), session
        if tap.kind in ("helpful", "not_helpful"):
            return self._feedback(tap), session
        if tap.kind == "none":
            return Reply(self.answers.nothing(), edit=True), session
        return Reply(self.menus.command("start")), session

    def _feedback(self, tap: Tap) -> Reply:
        entry = self._entries.get(tap.args[0] if tap.args else "")
        counted = (tap.kind, entry) if entry else None
        if tap.kind == "helpful":
            return Reply(self.menus.thanked(), counted=counted)
        others = [self._entries[arg] for arg in tap.args[1:] if arg in self._entries]
        return Reply(self.answers.others(others), counted=counted)

    def _passed_on(self, tap: Tap, incoming: Incoming, session: Session, now: float) -> tuple[Reply, Session]:
        """A step of "pass my question to the clinic". The gate reads the words first, at every step."""
        token = tap.args[0] if tap.args else ""
        if self.passing is None or (tap.kind in ("pass_on_yes", "take_back") and not token):
            return Reply(self.menus.stale()), session
        if tap.kind == "take_back":
            return Reply(self.passing.taken_back(), edit=True, errand=self.passing.take_back(token)), session
        if tap.kind == "pass_on_no":
            return Reply(self.answers.nothing(), edit=True), session
        if not incoming.asked.strip():
            return Reply(self.passing.gone(), edit=True), session
        decision, after = self.decider.decide(incoming.asked, session, now)
        if decision.gate_failed:
            return self.failsafe()._replace(decision=decision), after
        if decision.outcome == "urgent":
            return Reply(self.answers.card(decision.verdict), decision=decision), after
        if decision.verdict.tier:  # to be looked at soon: not by a reader some day
            return Reply(self.answers.decided(decision), decision=decision), session
        said = self.passing.ask() if tap.kind == "pass_on" else self.passing.kept(token)
        said = self.answers.cautioned(said, decision.verdict)  # the edit would take the line of caution away
        if tap.kind == "pass_on":
            return Reply(said, edit=True), session
        errand = self.passing.keep(token, incoming.asked)
        return Reply(said, edit=True, errand=errand, counted=("passed_on", "")), session

    def _guide_tap(self, tap: Tap, session: Session, now: float) -> tuple[Reply, Session]:
        """The data says where to go, whatever is remembered; where it means nothing any more, the guide begins anew."""
        version, path = (*tap.args, "", "")[:2]
        known = version == self.guide.walker.version and self.guide.walker.screen(path) is not None
        if tap.args and not known:
            return self._shown(self.guide.restarted(self.guide.show("")), session, now)
        answers = self.guide.change(path) if tap.kind == "change" else None
        if answers is not None:
            return Reply(answers, edit=True), session
        edit = tap.kind == "guide" and (bool(path) or bool(tap.args[2:]))
        return self._guide(path, session, now, edit)

    def _not_happening(self, tap: Tap, incoming: Incoming, session: Session, now: float) -> tuple[Reply, Session]:
        """Silence only the rules that fired, and answer what was asked: its words come back with the tap."""
        rules = tuple(self._rules[arg] for arg in tap.args if arg in self._rules)
        session = session.silence(rules, now)
        if not incoming.asked.strip():
            return Reply(self.answers.relieved(None)), session
        decision, session = self.decider.decide(incoming.asked, session, now)
        if decision.gate_failed:
            return self.failsafe()._replace(decision=decision), session
        if decision.outcome == "urgent":
            return Reply(self.answers.card(decision.verdict), decision=decision), session
        elsewhere = self.answers.lined(self.menus.group_chat(), decision.verdict)
        said = self.answers.decided(decision) if incoming.private else elsewhere
        return Reply(self.answers.relieved(said), decision=decision, cautions=decision.verdict.aside), session
