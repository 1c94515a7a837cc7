/** The learner's mail: what came, what was sent, and a form for more. */
import { useEffect, useState } from "preact/hooks";
import { change, labTime, useLook } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { Tag } from "../workbench/EvidenceLink.tsx";
import { Icon } from "../workbench/Icon.tsx";
import { MAIL, mailsIn } from "./looking.ts";
import { senderName, type MailJson } from "./news.ts";
import { see } from "./people-place.ts";

export function Mail() {
  const bench = useBench();
  const t = useText();
  const [look] = useLook([`${MAIL}/messages`]) ?? [];
  const messages = mailsIn(look);
  const chosen = messages?.find(({ id }) => id === bench.place.message.value) ?? null;
  const [writing, setWriting] = useState(false);
  return (
    <div class="mailbox">
      <div class="mail-list scroll" data-focus tabIndex={0} role="group" aria-label={t("Mail")}>
        <p class="button-row">
          <button type="button" class="button" aria-pressed={writing} onClick={() => setWriting(!writing)}>
            <Icon name="mail" size={14} /> {t("Write")}
          </button>
        </p>
        {!look && <p class="empty">{t("Looking…")}</p>}
        {look && messages === null && (
          <p class="empty">{t("The mail does not answer. The terminal works without it.")}</p>
        )}
        {messages?.length === 0 && <p class="empty">{t("No mail.")}</p>}
        <ul aria-label={t("Messages")}>
          {messages?.map((it) => (
            <MailRow
              key={it.id}
              message={it}
              current={it.id === chosen?.id}
              onOpen={() => setWriting(false)}
            />
          ))}
        </ul>
      </div>
      <div class="mail-text scroll" tabIndex={0} role="group" aria-label={t("Message")}>
        {writing ? <Compose onSent={() => setWriting(false)} /> : chosen && <MessageText message={chosen} />}
        {!writing && !chosen && (
          <p class="empty">
            {t("Choose a message, or write one: colleagues and the forge's support answer.")}
          </p>
        )}
      </div>
    </div>
  );
}

interface MailRowProps {
  readonly message: MailJson;
  readonly current: boolean;
  readonly onOpen: () => void;
}

function MailRow({ message, current, onOpen }: MailRowProps) {
  const bench = useBench();
  const t = useText();
  const { id, folder, to, from, date, subject } = message;
  const unread = folder === "inbox" && !bench.people.seen.value.has(`mail ${id}`);
  const { shown, shownIn } = bench;
  const item = shownIn.value === "people" ? shown.value : null;
  const mentioned = item?.evidence.surface === "mail" && item.evidence.at.endsWith(`: ${subject}`);
  return (
    <li>
      <button
        type="button"
        class="mail-row"
        aria-current={current ? "true" : undefined}
        data-unread={unread}
        onClick={() => {
          bench.place.message.value = id;
          onOpen();
        }}
      >
        <span class="mail-who">
          {folder === "sent" ? t("to {names}", { names: to.join(", ") }) : senderName(from)}
          {mentioned && item && <Tag number={item.number} />}
        </span>
        <span class="mail-time">{labTime(bench, date)}</span>
        <span class="mail-subject">
          {unread && <span class="unread-mark">{t("unread")}</span>} {subject}
        </span>
      </button>
    </li>
  );
}

function MessageText({ message }: { readonly message: MailJson }) {
  const bench = useBench();
  const t = useText();
  const { people, session } = bench;
  useEffect(() => see(people, session.record.value?.id, [`mail ${message.id}`]), [message.id]);
  return (
    <article aria-label={message.subject}>
      <h4 class="pull-title">{message.subject}</h4>
      <p class="small-line">
        {t("from {from} to {to}, {time}", {
          from: message.from,
          to: message.to.join(", "),
          time: labTime(bench, message.date),
        })}
      </p>
      <pre class="mail-body">{message.body}</pre>
    </article>
  );
}

const RECIPIENTS = [
  "mina@lantern-tides.test",
  "teo@lantern-tides.test",
  "priya@lantern-tides.test",
  "jonas@lantern-tides.test",
  "aya@aya.example",
  "support@forge.test",
] as const;

function Compose({ onSent }: { readonly onSent: () => void }) {
  const bench = useBench();
  const t = useText();
  const [to, setTo] = useState("");
  const [subject, setSubject] = useState("");
  const [body, setBody] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    const message = { to: to.split(/[\s,]+/).filter(Boolean), subject, body };
    const sent = await change(bench, {
      method: "POST",
      url: `${MAIL}/messages`,
      body: message,
      done: t("The mail is sent."),
      refused: t("The mail was refused. Look at the addresses."),
    });
    if (sent) onSent();
  };
  return (
    <form class="reply" onSubmit={(event) => void send(event)}>
      <label>
        {t("To")}
        <input
          class="panel-field"
          list="mail-people"
          value={to}
          required
          onInput={(event) => setTo(event.currentTarget.value)}
        />
      </label>
      <datalist id="mail-people">
        {RECIPIENTS.map((address) => (
          <option key={address} value={address} />
        ))}
      </datalist>
      <label>
        {t("Subject")}
        <input
          class="panel-field"
          value={subject}
          required
          onInput={(event) => setSubject(event.currentTarget.value)}
        />
      </label>
      <label>
        {t("Text")}
        <textarea
          class="panel-field"
          rows={8}
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button">
        {t("Send")}
      </button>
    </form>
  );
}
