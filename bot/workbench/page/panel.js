// What is wrong with the content, above the chat.

import { make } from "./render.js";

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

export function showProblems(panel, count, list, problems) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const rest = problems.length - errors;
  panel.hidden = !problems.length;
  panel.classList.toggle("grave", errors > 0);
  count.textContent = [errors && plural(errors, "error"), rest && plural(rest, "warning")].filter(Boolean).join(", ") + " in the content";
  list.replaceChildren(...problems.map((problem) => make("li", { class: problem.severity },
    make("p", { class: "place" }, make("b", {}, problem.severity), make("code", {}, place(problem.place))),
    make("p", {}, problem.message),
    ...(problem.hint ? [make("p", { class: "hint" }, problem.hint)] : []))));
}

function place(at) {
  if (!at) return "";
  return typeof at === "string" ? at : [at.file, at.line, at.column].filter((part) => part != null).join(":");
}
