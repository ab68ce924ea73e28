// The commands menu over the box and the attach menu beside it.

import { make } from "./render.js";

export class Commands {
  constructor(list, text, button, choose) {
    Object.assign(this, { list, text, button, choose, all: [], at: 0 });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.pick(event.target.closest("[role=option]")));
    button.addEventListener("click", () => {
      this.isOpen ? this.close() : this.show(this.all);
      text.focus();
    });
  }

  get isOpen() { return !this.list.hidden; }

  offer(commands) {
    this.all = commands;
    this.button.hidden = !commands.length;
  }

  filter(typed) {
    const begun = /^\/(\w*)$/.exec(typed);
    this.show(begun ? this.all.filter(({ command }) => command.startsWith(begun[1].toLowerCase())) : []);
  }

  show(commands) {
    this.list.replaceChildren(...commands.map(({ command, description }, number) =>
      make("li", { role: "option", id: `command-${number}`, "data-command": command },
        make("b", {}, `/${command}`), make("span", {}, description))));
    this.list.hidden = !commands.length;
    this.text.setAttribute("aria-expanded", String(this.isOpen));
    this.button.setAttribute("aria-expanded", String(this.isOpen));
    this.move(0, 0);
  }

  close() { this.show([]); }

  move(step, from = this.at) {
    const options = [...this.list.children];
    this.at = options.length ? (from + step + options.length) % options.length : 0;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === this.at)));
    if (!options.length) return this.text.removeAttribute("aria-activedescendant");
    this.text.setAttribute("aria-activedescendant", options[this.at].id);
    options[this.at].scrollIntoView({ block: "nearest" });
  }

  pick(option) {
    if (!option) return;
    this.close();
    this.choose(`/${option.dataset.command}`);
  }

  // True when the key was for the menu.
  key(event) {
    if (!this.isOpen) return false;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.pick(this.list.children[this.at]);
    else return false;
    return true;
  }
}

export class AttachMenu {
  constructor(button, menu, choose) {
    Object.assign(this, { button, menu, items: [...menu.children] });
    button.addEventListener("click", () => this.toggle(menu.hidden));
    menu.addEventListener("click", (event) => {
      const item = event.target.closest("[data-what]");
      if (!item) return;
      this.toggle(false);
      choose(item.dataset.what);
    });
    menu.addEventListener("keydown", (event) => this.key(event));
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget) && event.relatedTarget !== button) this.toggle(false, false);
    });
    document.addEventListener("pointerdown", (event) => {
      if (!menu.hidden && !menu.parentElement.contains(event.target)) this.toggle(false, false);
    });
  }

  toggle(open, refocus = true) {
    this.menu.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.items[0].focus();
    else if (refocus) this.button.focus();
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const at = this.items.indexOf(document.activeElement);
    if (event.key === "Escape") this.toggle(false);
    else if (event.key in steps) this.items.at((at + steps[event.key]) % this.items.length).focus();
    else if (event.key === "Home") this.items[0].focus();
    else if (event.key === "End") this.items.at(-1).focus();
    else return;
    event.preventDefault();
  }
}
