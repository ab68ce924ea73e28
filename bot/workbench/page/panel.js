// What is wrong with the content, above the chat.

import { make } from "./render.js";

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

export function showProblems({ panel, count, meanwhile, list }, problems, awake) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const rest = problems.length - errors;
  panel.hidden = !problems.length;
  panel.classList.toggle("grave", errors > 0);
  count.textContent = [errors && plural(errors, "error"), rest && plural(rest, "warning")].filter(Boolean).join(", ") + " in the content";
  meanwhile.textContent = !errors ? "" : awake ? "Until they are mended, the last good version goes on answering." : "Nothing can answer until they are mended.";
  list.replaceChildren(...problems.map((problem) => make("li", { class: problem.severity },
    make("p", { class: "place" }, make("b", {}, problem.severity), make("code", {}, place(problem.place))),
    make("p", {}, ...coded(problem.message)),
    ...(problem.place?.text?.trim() ? [make("pre", {}, problem.place.text.trim())] : []),
    ...(problem.hint ? [make("p", { class: "hint" }, ...coded(problem.hint))] : []))));
}

// What stands between backticks is a name or a line of the file.
function coded(text) {
  return text.split("`").map((part, at) => (at % 2 ? make("code", {}, part) : part));
}

function place(at) {
  if (!at) return "";
  return typeof at === "string" ? at : [at.file, at.line, at.column].filter((part) => part != null).join(":");
}
