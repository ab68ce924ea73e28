// A message as elements. Text goes in as text nodes only; nothing from a message is ever read as HTML.

const SAFE = new Set(["http:", "https:", "tg:", "mailto:"]);
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { month: "long", day: "numeric" });

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export const own = (message) => !message.from?.is_bot;
export const words = (message) => message.text ?? message.caption ?? "";
export const dayOf = (message) => day.format(message.date * 1000);

// Entities count in UTF-16 units, as JavaScript's strings do. They nest but never cross.
export function rich(text, entities = []) {
  const todo = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fill = (parent, from, to) => {
    let at = from;
    while (todo.length && todo[0].offset < to) {
      const entity = todo.shift();
      const start = Math.max(entity.offset, at);
      const end = Math.min(entity.offset + entity.length, to);
      if (end <= start) continue;
      parent.append(text.slice(at, start));
      const element = mark(entity, text.slice(start, end));
      fill(element, start, end);
      parent.append(element);
      at = end;
    }
    parent.append(text.slice(at, to));
    return parent;
  };
  return fill(document.createDocumentFragment(), 0, text.length);
}

function mark(entity, content) {
  if (TAGS[entity.type]) return make(TAGS[entity.type]);
  if (entity.type === "text_link") return link(entity.url);
  if (entity.type === "url") return link(/^\w+:/.test(content) ? content : `https://${content}`);
  if (entity.type === "email") return link(`mailto:${content}`);
  if (entity.type === "bot_command") return make("button", { type: "button", class: "command", "data-say": content });
  if (entity.type === "spoiler") return make("span", { class: "spoiler", tabindex: "0", role: "button", "aria-label": "Hidden text" });
  return make("span", { class: entity.type === "mention" || entity.type === "hashtag" ? "mention" : false });
}

function link(address) {
  let url = null;
  try { url = new URL(address); } catch { /* not an address: plain text */ }
  if (!url || !SAFE.has(url.protocol)) return make("span");
  return make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" });
}

export function bubble(message) {
  const mine = own(message);
  const body = make("div", { class: `bubble${message.sticker ? " bare" : ""}` });
  body.append(make("span", { class: "unseen" }, mine ? "You: " : "Bot: "));
  if (message.reply_to_message) body.append(quote(message.reply_to_message));
  body.append(...media(message));
  const said = words(message);
  if (said) {
    const text = make("div", { class: "text", dir: "auto" });
    text.append(rich(said, message.entities ?? message.caption_entities));
    body.append(text);
  }
  body.append(stamp(message, mine));
  const row = make("article", { class: `message ${mine ? "mine" : "theirs"}`, "data-id": message.message_id });
  const stack = make("div", { class: "stack" }, body);
  const keyboard = message.reply_markup?.inline_keyboard;
  if (keyboard) stack.append(keys(keyboard));
  row.append(stack, acts(message, mine));
  return row;
}

function stamp(message, mine) {
  const about = make("span", { class: "stamp" });
  if (mine && message.edit_date) about.append(make("i", {}, "edited "));
  about.append(make("time", { datetime: new Date(message.date * 1000).toISOString() }, clock.format(message.date * 1000)));
  if (mine) about.append(make("span", { class: "ticks", role: "img", "aria-label": "sent" }, icon("tick"), icon("tick")));
  return about;
}

function quote(message) {
  const about = words(message) || label(message);
  return make("button", { type: "button", class: "quote", "data-go": message.message_id },
    make("b", {}, own(message) ? "You" : message.from.first_name), make("span", {}, about));
}

function keys(keyboard) {
  const rows = keyboard.map((row) => make("div", { class: "keys-row" }, ...row.map(key)));
  return make("div", { class: "keys", role: "group", "aria-label": "Buttons" }, ...rows);
}

function key(button) {
  const text = make("span", { dir: "auto" }, button.text);
  if (!button.url) return make("button", { type: "button", class: "key", "data-tap": button.callback_data ?? "" }, text);
  const opens = link(button.url);
  opens.className = "key";
  opens.append(text, icon("arrow"), make("span", { class: "unseen" }, " (opens in a new tab)"));
  return opens;
}

function acts(message, mine) {
  const box = make("div", { class: "acts" });
  box.append(make("button", { type: "button", "data-reply": message.message_id, "aria-label": "Reply", title: "Reply" }, icon("reply")));
  if (mine && message.text) {
    box.append(make("button", { type: "button", "data-edit": message.message_id, "aria-label": "Edit", title: "Edit" }, icon("edit")));
  }
  return box;
}

export function label(message) {
  const kinds = { photo: "Photo", voice: "Voice message", sticker: "Sticker", location: "Location", contact: "Contact", document: "Document" };
  return Object.entries(kinds).find(([kind]) => message[kind])?.[1] ?? "Message";
}

function media(message) {
  if (message.photo) return [picture(message)];
  if (message.voice) return [make("div", { class: "voice" }, make("span", { class: "round" }, icon("voice")), wave(), make("span", {}, `0:0${message.voice.duration}`))];
  if (message.sticker) return [make("div", { class: "sticker", role: "img", "aria-label": "Sticker" }, message.sticker.emoji)];
  if (message.location) return [make("div", { class: "map", role: "img", "aria-label": "Location" }, icon("location"))];
  if (message.contact) return [card("contact", message.contact.first_name, message.contact.phone_number)];
  if (message.document) return [card("file", message.document.file_name ?? "File", `${Math.ceil((message.document.file_size ?? 0) / 1024)} KB`)];
  return [];
}

function picture(message) {
  const photo = message.photo.at(-1);
  if (own(message)) return make("div", { class: "picture", role: "img", "aria-label": "Photo" }, icon("photo"));
  return make("img", { class: "picture", src: `file/${encodeURIComponent(photo.file_id)}`, alt: message.caption ?? "Photo", width: photo.width, height: photo.height });
}

function wave() {
  const bars = [5, 9, 14, 8, 16, 11, 6, 13, 18, 10, 7, 15, 9, 5, 12, 8, 4, 10, 6, 4];
  return make("span", { class: "wave", "aria-label": "Voice message", role: "img" }, ...bars.map((height) => make("i", { class: `h${height}` })));
}

function card(name, title, line) {
  return make("div", { class: "card" }, make("span", { class: "round" }, icon(name)), make("p", {}, make("b", {}, title), make("span", {}, line)));
}
