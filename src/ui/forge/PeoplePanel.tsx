import { useState } from "preact/hooks";
import { BackToCheck, FullButton, Panel } from "../workbench/Panel.tsx";
import { UpperTitle } from "../workbench/UpperTitle.tsx";
import { Icon } from "../workbench/Icon.tsx";
import { useBench } from "../workbench/bench.ts";
import { change, jsonOf, labTime, useLook } from "./looking.ts";

const MAIL = "https://mail.lantern-tides.test";

interface Message {
  readonly id: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly date: string;
  readonly folder: string;
}

/** The learner's mail: what came, what was sent, and a form for more. */
export function PeoplePanel() {
  const bench = useBench();
  const [look] = useLook([`${MAIL}/messages`]) ?? [];
  const messages = jsonOf<Message[]>(look) ?? [];
  const chosen = messages.find(({ id }) => id === bench.place.message.value) ?? null;
  const [writing, setWriting] = useState(false);
  return (
    <Panel
      id="people"
      class="people"
      head={
        <>
          <UpperTitle id="people" />
          <span class="spring" />
          <BackToCheck panel="people" />
          <FullButton id="people" />
        </>
      }
    >
      <div class="mailbox">
        <div class="mail-list scroll" data-focus tabIndex={0} role="group" aria-label="Mail">
          <p class="button-row">
            <button type="button" class="button" aria-pressed={writing} onClick={() => setWriting(!writing)}>
              <Icon name="mail" size={14} /> Write
            </button>
          </p>
          {look && messages.length === 0 && <p class="empty">No mail.</p>}
          <ul aria-label="Messages">
            {messages.map((it) => (
              <li key={it.id}>
                <button
                  type="button"
                  class="mail-row"
                  aria-current={it.id === chosen?.id ? "true" : undefined}
                  onClick={() => {
                    bench.place.message.value = it.id;
                    setWriting(false);
                  }}
                >
                  <span class="mail-who">
                    {it.folder === "sent" ? `to ${it.to.join(", ")}` : nameOf(it.from)}
                  </span>
                  <span class="mail-time">{labTime(bench, it.date)}</span>
                  <span class="mail-subject">{it.subject}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div class="mail-text scroll" tabIndex={0} role="group" aria-label="Message">
          {writing ? (
            <Compose onSent={() => setWriting(false)} />
          ) : (
            chosen && <MessageText message={chosen} />
          )}
          {!writing && !chosen && (
            <p class="empty">Choose a message, or write one: colleagues and the forge's support answer.</p>
          )}
        </div>
      </div>
    </Panel>
  );
}

/** "Teo <teo@lantern-tides.test>" → "Teo". */
function nameOf(sender: string): string {
  return sender.replace(/\s*<[^>]*>\s*$/, "") || sender;
}

function MessageText({ message }: { readonly message: Message }) {
  const bench = useBench();
  return (
    <article aria-label={message.subject}>
      <h4 class="pull-title">{message.subject}</h4>
      <p class="small-line">
        from {message.from} to {message.to.join(", ")}, {labTime(bench, message.date)}
      </p>
      <pre class="mail-body">{message.body}</pre>
    </article>
  );
}

const RECIPIENTS = ["mina", "teo", "priya", "aya"] as const;

function Compose({ onSent }: { readonly onSent: () => void }) {
  const bench = useBench();
  const [to, setTo] = useState("");
  const [subject, setSubject] = useState("");
  const [body, setBody] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    const message = { to: to.split(/[\s,]+/).filter(Boolean), subject, body };
    if (
      await change(bench, {
        method: "POST",
        url: `${MAIL}/messages`,
        body: message,
        done: "The mail is sent.",
      })
    )
      onSent();
  };
  return (
    <form class="reply" onSubmit={(event) => void send(event)}>
      <label>
        To
        <input
          class="panel-field"
          list="mail-people"
          value={to}
          required
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      <datalist id="mail-people">
        {RECIPIENTS.map((name) => (
          <option key={name} value={`${name}@${name === "aya" ? "aya.example" : "lantern-tides.test"}`} />
        ))}
        <option value="support@forge.test" />
      </datalist>
      <label>
        Subject
        <input
          class="panel-field"
          value={subject}
          required
          onInput={(event) => setSubject(event.currentTarget.value)}
        />
      </label>
      <label>
        Text
        <textarea
          class="panel-field"
          rows={8}
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button">
        Send
      </button>
    </form>
  );
}
