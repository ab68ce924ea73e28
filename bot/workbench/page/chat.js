// The page: keeps what is on it equal to what the workbench tells.

import { Composer } from "./compose.js";
import { AttachMenu, Commands } from "./menus.js";
import { showProblems } from "./panel.js";
import { Reasons } from "./reasons.js";
import { bubble, dayOf, make, own } from "./render.js";
import { listen, send } from "./wire.js";

const get = (id) => document.getElementById(id);
const [log, scroll] = [get("log"), get("scroll")];
const messages = new Map();
const unread = new Set();
const timers = {};
const problems = { panel: get("problems"), count: get("problems-count"), meanwhile: get("problems-meanwhile"), list: get("problems-list") };
let connected = false;
let awake = false; // the bot has called at least once: before that it learns from the FAQ
let typing = false;
let following = true; // stays at the newest message until the person scrolls up
let lastTop = 0;

const commands = new Commands(get("commands"), get("text"), get("menu"), (text) => { composer.clear(); composer.say(text); });
const composer = new Composer(messages, commands, toast);
const reasons = new Reasons(get("why"), log, messages, follow);
new AttachMenu(get("attach"), get("attach-menu"), (what) => { composer.act("attach", { what }); composer.text.focus(); });

const row = (id) => log.querySelector(`[data-id="${CSS.escape(id)}"]`);
const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
const later = (name, seconds, act) => { clearTimeout(timers[name]); timers[name] = setTimeout(act, seconds * 1000); };

function toEnd(smooth = true) {
  following = true;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scroll.scrollTo({ top: scroll.scrollHeight, behavior: smooth && !still ? "smooth" : "instant" });
}

function follow() {
  if (following) toEnd();
}

function status() {
  get("status").textContent = !connected ? "connecting…" : !awake ? "getting ready…" : typing ? "typing…" : timers.stuck === "late" ? "not answering" : "bot";
  get("status").classList.toggle("live", connected && typing);
  get("typing").hidden = !typing;
}

function wake() {
  if (awake) return;
  awake = true;
  status();
}

function setTyping(on) {
  typing = on;
  status();
  if (on) { follow(); later("typing", 6, () => setTyping(false)); }
}

function ticks(id) {
  const sign = row(id)?.querySelector(".ticks");
  if (!sign) return;
  sign.classList.toggle("read", !unread.has(id));
  sign.setAttribute("aria-label", unread.has(id) ? "sent" : "received by the bot");
}

function empty() {
  const none = messages.size === 0;
  get("empty").hidden = get("start").hidden = !none;
  get("composer").hidden = none;
}

// A tail on the last of several messages in a row from one side.
function tails() {
  const rows = [...log.querySelectorAll(".message")];
  rows.forEach((element, at) => {
    const side = element.classList.contains("mine");
    element.classList.toggle("last", !rows[at + 1] || rows[at + 1].classList.contains("mine") !== side);
  });
}

function add(message) {
  const days = log.querySelectorAll(".day");
  const today = dayOf(message);
  if (days[days.length - 1]?.textContent !== today) log.append(make("div", { class: "day" }, make("span", {}, today)));
  messages.set(message.message_id, message);
  log.append(bubble(message));
  ticks(message.message_id);
}

function profile({ name, commands: menu, description }) {
  document.title = `${name} · workbench`;
  get("name").textContent = name;
  get("face").textContent = name.slice(0, 1).toUpperCase();
  get("description").textContent = description || "Press Start to begin.";
  commands.offer(menu);
}

function toast(text) {
  const note = make("div", { class: "toast" }, text);
  get("toasts").append(note);
  setTimeout(() => note.remove(), 3500 + text.length * 40);
}

const handlers = {
  snapshot(event) {
    log.setAttribute("aria-busy", "true");
    messages.clear();
    unread.clear();
    event.unread.forEach((id) => unread.add(id));
    log.replaceChildren();
    event.messages.forEach(add);
    tails();
    awake = event.awake;
    status();
    profile(event.profile);
    handlers.problems(event);
    reasons.offer(event.why);
    setTyping(false);
    empty();
    toEnd(false);
    log.setAttribute("aria-busy", "false");
  },
  message({ message }) {
    if (own(message)) unread.add(message.message_id); else { wake(); setTyping(false); }
    const first = messages.size === 0;
    add(message);
    row(message.message_id).classList.add("fresh");
    tails();
    empty();
    if (first) composer.text.focus();
    if (own(message)) toEnd(); else follow();
    reasons.tell(message);
    if (own(message)) later("stuck", 8, () => { if (unread.has(message.message_id)) { timers.stuck = "late"; status(); } });
  },
  edit({ message }) {
    const old = row(message.message_id);
    if (!old) return;
    messages.set(message.message_id, message);
    const fresh = bubble(message);
    const focused = old.contains(document.activeElement);
    fresh.classList.add("changed");
    old.replaceWith(fresh);
    reasons.tell(message);
    ticks(message.message_id);
    tails();
    // Whoever works with the keyboard stays where they were: on the first button of the new step.
    if (focused) (fresh.querySelector(".key") ?? composer.text).focus({ preventScroll: true });
    if (!own(message)) setTyping(false);
    follow();
  },
  delete({ message_id: id }) {
    messages.delete(id);
    row(id)?.remove();
    tails();
    empty();
  },
  read({ message_id: id }) {
    wake();
    unread.delete(id);
    ticks(id);
    clearTimeout(timers.stuck);
    timers.stuck = null;
    status();
  },
  answer(event) {
    row(event.message_id)?.querySelectorAll(".key.busy").forEach((key) => key.classList.remove("busy"));
    if (!event.text) return;
    if (!event.alert) return toast(event.text);
    get("alert-text").textContent = event.text;
    get("alert").showModal();
  },
  typing: () => setTyping(true),
  profile(event) {
    wake();
    profile(event.profile);
  },
  problems: (event) => showProblems(problems, event.problems, awake),
  refused: ({ method, description }) => toast(`The bot's ${method} was refused: ${description}`),
};

async function tap(key) {
  if (key.classList.contains("busy")) return;
  key.classList.add("busy");
  setTimeout(() => key.classList.remove("busy"), 15000);
  const id = Number(key.closest(".message").dataset.id);
  if (!await composer.act("tap", { message_id: id, data: key.dataset.tap })) key.classList.remove("busy");
}

function go(id) {
  const target = row(id);
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  target.classList.remove("changed");
  void target.offsetWidth;
  target.classList.add("changed");
}

// Where nothing hovers, a touch shows the buttons beside a message.
function pick(message) {
  log.querySelectorAll(".picked").forEach((other) => other !== message && other.classList.remove("picked"));
  message?.classList.toggle("picked");
}

log.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-tap], [data-say], [data-reply], [data-edit], [data-go], .spoiler");
  if (!hit) return pick(event.target.closest(".message"));
  const { tap: data, say, reply, edit, go: to } = hit.dataset;
  if (data != null) tap(hit);
  else if (say) composer.say(say);
  else if (reply) composer.reply(Number(reply));
  else if (edit) composer.edit(Number(edit));
  else if (to) go(Number(to));
  else hit.classList.add("seen");
});
log.addEventListener("keydown", (event) => {
  if (event.target.matches(".spoiler") && ["Enter", " "].includes(event.key)) { event.preventDefault(); event.target.classList.add("seen"); }
});
scroll.addEventListener("scroll", () => {
  if (atEnd()) following = true;
  else if (scroll.scrollTop < lastTop) following = false;
  lastTop = scroll.scrollTop;
  get("jump").hidden = following;
}, { passive: true });
new ResizeObserver(() => { if (following) toEnd(false); }).observe(scroll);
get("jump").addEventListener("click", () => { toEnd(); composer.text.focus(); });
get("start").addEventListener("click", () => composer.say("/start"));
get("new").addEventListener("click", () => {
  composer.leave();
  send("new", {}).then(() => get("start").focus(), () => toast("The workbench is not running."));
});

listen(handlers, (on) => { connected = on; status(); });
composer.text.focus();
