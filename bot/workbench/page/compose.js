// The box: typing, sending, replying, and editing the last message.

import { label, own, words } from "./render.js";
import { send } from "./wire.js";

const get = (id) => document.getElementById(id);

export class Composer {
  constructor(messages, commands, complain) {
    Object.assign(this, { messages, commands, complain, mode: null, text: get("text") });
    get("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    get("context-close").addEventListener("click", () => this.leave());
    this.text.addEventListener("input", () => { this.fit(); commands.filter(this.text.value); });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("blur", () => commands.close());
  }

  say(text) { return this.act("say", { text }); }

  async act(path, body) {
    try { await send(path, body); } catch (error) { this.complain(error.message || "Not sent: is the workbench running?"); return false; }
    return true;
  }

  key(event) {
    const plain = !event.shiftKey && !event.isComposing;
    if (this.commands.key(event)) event.preventDefault();
    else if (event.key === "Enter" && plain) { event.preventDefault(); this.submit(); }
    else if (event.key === "Escape" && this.mode) this.leave();
    else if (event.key === "ArrowUp" && plain && !this.text.value && !this.mode) {
      const last = [...this.messages.values()].findLast((message) => own(message) && message.text);
      if (last) { event.preventDefault(); this.edit(last.message_id); }
    }
  }

  async submit() {
    const text = this.text.value.trim();
    if (!text) return;
    const mode = this.mode;
    this.leave();
    this.clear();
    const done = mode?.edit ? await this.change(mode.edit, text) : await this.act("say", mode?.reply ? { text, reply_to: mode.reply } : { text });
    if (!done && !this.text.value) { this.text.value = text; this.fit(); }
  }

  change(id, text) {
    return this.messages.get(id)?.text === text || this.act("edit", { message_id: id, text });
  }

  edit(id) { this.enter({ edit: id }, "Edit message", "edit", "tick"); this.text.value = words(this.messages.get(id)); this.fit(); }

  reply(id) {
    const message = this.messages.get(id);
    this.enter({ reply: id }, `Reply to ${own(message) ? "yourself" : message.from.first_name}`, "reply", "send");
  }

  enter(mode, title, sign, sendSign) {
    if (this.mode?.edit) this.clear();
    this.mode = mode;
    const message = this.messages.get(mode.edit ?? mode.reply);
    get("context-title").textContent = title;
    get("context-text").textContent = words(message) || label(message);
    get("context-icon").setAttribute("href", `#i-${sign}`);
    get("send-icon").setAttribute("href", `#i-${sendSign}`);
    get("send").setAttribute("aria-label", mode.edit ? "Save" : "Send");
    get("context").hidden = false;
    this.text.focus();
  }

  leave() {
    if (this.mode?.edit) this.clear();
    this.mode = null;
    get("context").hidden = true;
    get("send-icon").setAttribute("href", "#i-send");
    get("send").setAttribute("aria-label", "Send");
    this.text.focus();
  }

  clear() { this.text.value = ""; this.commands.close(); this.fit(); }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 160)}px`;
  }
}
