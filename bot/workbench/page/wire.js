// Talking to the workbench: acts of the person go out as JSON, everything that happens comes in as one stream.

export async function send(path, body) {
  const answer = await fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

export function listen(handlers, connected) {
  const stream = new EventSource("events");
  stream.onopen = () => connected(true);
  stream.onerror = () => connected(false);
  stream.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    handlers[event.kind]?.(event);
  };
}
