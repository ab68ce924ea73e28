// Why the bot answers what it does, under the person's own messages: what `faqbot ask` says of each, taken alone.

import { make, own } from "./render.js";
import { send } from "./wire.js";

export class Reasons {
  constructor(button, log, messages, follow) {
    Object.assign(this, { button, log, messages, follow, shown: false });
    button.addEventListener("click", () => this.show(!this.shown));
  }

  offer(possible) {
    this.button.hidden = !possible;
    if (this.shown) this.messages.forEach((message) => this.tell(message));
  }

  show(on) {
    this.shown = on;
    this.button.setAttribute("aria-pressed", String(on));
    if (on) this.messages.forEach((message) => this.tell(message));
    else this.log.querySelectorAll(".why").forEach((box) => box.remove());
    this.follow();
  }

  async tell(message) {
    const said = message.text ?? message.caption;
    if (!this.shown || !own(message) || !said || said.startsWith("/")) return;
    const answer = await send("why", { text: said }).catch(() => ({ lines: [] }));
    const stack = this.log.querySelector(`[data-id="${CSS.escape(message.message_id)}"] .stack`);
    if (!this.shown || !stack || this.messages.get(message.message_id) !== message || !answer.lines.length) return;
    const [first, ...rest] = answer.lines;
    stack.querySelector(".why")?.remove();
    stack.append(make("div", { class: "why", role: "note", "aria-label": "Why" },
      make("b", {}, first), ...(rest.length ? [make("ul", {}, ...rest.map((line) => make("li", {}, line.trim())))] : [])));
    this.follow();
  }
}
