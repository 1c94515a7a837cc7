/** The history of events: who did what in the account, when, from where, and whether they were allowed to. */
import type { ConsoleEvent, ConsoleTrail, Seen } from "../../worker/protocol.ts";
import { labTime } from "../forge/looking.ts";
import { useText } from "../text/context.ts";
import { useBench } from "../workbench/bench.ts";
import { Breakable } from "../workbench/Breakable.tsx";
import { Tag } from "../workbench/EvidenceLink.tsx";
import { Icon } from "../workbench/Icon.tsx";
import { useAsked } from "./asked.ts";
import { NO_FILTER } from "./cloud-place.ts";
import { trailUrl } from "./console.ts";
import { useMentioned } from "./mentioned.ts";
import { Document, IfSeen, KeyId, WhenThere } from "./parts.tsx";

export function Trail() {
  const bench = useBench();
  const asked = useAsked<Seen<ConsoleTrail>>(trailUrl(bench.cloud.filter.value));
  return (
    <section class="trail" aria-label={bench.t("Trail")} tabIndex={-1}>
      <WhenThere asked={asked}>
        {(trail) => <IfSeen of={trail}>{(found) => <Events of={found} />}</IfSeen>}
      </WhenThere>
    </section>
  );
}

function Events({ of: { events, matching, total } }: { readonly of: ConsoleTrail }) {
  const t = useText();
  return (
    <>
      <div class="trail-head">
        <h4>{t("Trail")}</h4>
        <Filters />
        <span class="spring" />
        <span class="small-line">
          {matching === total
            ? t.many(total, "{n} event", "{n} events")
            : t.many(total, "{m} of {n} event", "{m} of {n} events", { m: matching })}
        </span>
      </div>
      {events.length === 0 ? (
        <p class="empty">
          {total === 0 ? t("Nothing happened in this account yet.") : t("No event fits. Take a filter off.")}
        </p>
      ) : (
        <table class="rows trail-rows">
          <caption class="sr-only">{t("Events, newest first")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Time")}</th>
              <th scope="col">{t("Event")}</th>
              <th scope="col">{t("Who")}</th>
              <th scope="col">{t("From")}</th>
              <th scope="col">{t("Result")}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <EventRows key={event.id} event={event} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** One chip for each thing that is asked for, and a field for the name of an event. */
function Filters() {
  const bench = useBench();
  const t = useText();
  const { filter } = bench.cloud;
  const { key, user, event } = filter.value;
  return (
    <>
      {key !== "" && (
        <button
          type="button"
          class="filter-chip"
          aria-label={t("Take off: key ends in {last}", { last: key.slice(-4) })}
          onClick={() => (filter.value = { ...filter.value, key: "" })}
        >
          {t("key is")} <KeyId id={key} /> <Icon name="close" size={12} />
        </button>
      )}
      {user !== "" && (
        <button
          type="button"
          class="filter-chip"
          aria-label={t("Take off: user is {user}", { user })}
          onClick={() => (filter.value = { ...filter.value, user: "" })}
        >
          {t("user is {user}", { user })} <Icon name="close" size={12} />
        </button>
      )}
      <label class="trail-search">
        <span class="sr-only">{t("Name of the event")}</span>
        <input
          class="panel-field"
          type="search"
          value={event}
          placeholder={t("Name of the event")}
          onInput={(it) => (filter.value = { ...filter.value, event: it.currentTarget.value })}
        />
      </label>
      {(key !== "" || user !== "" || event !== "") && (
        <button type="button" class="link-button small" onClick={() => (filter.value = NO_FILTER)}>
          {t("Show all")}
        </button>
      )}
    </>
  );
}

function EventRows({ event }: { readonly event: ConsoleEvent }) {
  const bench = useBench();
  const t = useText();
  const { open } = bench.cloud;
  const isOpen = open.value === event.id;
  const mentioned = useMentioned();
  const shown =
    mentioned.number !== null && mentioned.section === "trail" && mentioned.filter?.event === event.name;
  return (
    <>
      <tr data-open={isOpen} data-shown={shown}>
        <td class="time">
          <Actor of={event} /> {labTime(bench, event.at)}
        </td>
        <th scope="row">
          <button
            type="button"
            class="row-name"
            aria-expanded={isOpen}
            data-row={event.id}
            onClick={() => (open.value = isOpen ? null : event.id)}
          >
            {event.name}
          </button>{" "}
          <span class="small-line">{targetOf(event)}</span>
          {shown && <Tag number={mentioned.number as number} />}
        </th>
        <td class="who">
          <Breakable text={whoOf(event)} />
        </td>
        <td>{event.kind === "service" ? t("provider") : <code>{event.address}</code>}</td>
        <td data-outcome={event.outcome}>
          {event.outcome === "allowed"
            ? t("allowed")
            : event.outcome === "denied"
              ? t("denied")
              : t("failed")}
        </td>
      </tr>
      {isOpen && (
        <tr class="row-detail">
          <td colSpan={5}>
            <EventDetail event={event} />
          </td>
        </tr>
      )}
    </>
  );
}

/** The last part of a name is what people know: "svc-backup". Keys are told by their user. */
function targetOf({ resources }: ConsoleEvent): string {
  const names = resources.filter((name) => !/^A[KS]IA[A-Z0-9]{16}$/.test(name));
  return names.map((name) => name.slice(name.lastIndexOf("/") + 1)).join(", ");
}

/** A session goes by whatever its maker chose, perhaps a user's name: its role stands before it. */
function whoOf({ kind, who, record }: ConsoleEvent): string {
  if (kind !== "session") return who;
  const { userIdentity } = JSON.parse(record) as { userIdentity: { arn?: string | null } };
  return userIdentity.arn?.split("/").slice(1).join("/") ?? who;
}

/** You a triangle, the provider a square, everybody else a ring: who they are is for the trail to tell. */
function Actor({ of }: { readonly of: ConsoleEvent }) {
  const kind = of.kind === "service" ? "provider" : of.who === "learner" ? "you" : "other";
  return (
    <svg class="actor" data-kind={kind} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {kind === "you" && <path d="M5 1l4.5 8h-9z" fill="currentColor" />}
      {kind === "provider" && <path d="M1 1h8v8H1z" fill="none" stroke="currentColor" stroke-width="1.5" />}
      {kind === "other" && (
        <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="1.5" />
      )}
    </svg>
  );
}

function EventDetail({ event }: { readonly event: ConsoleEvent }) {
  const bench = useBench();
  const t = useText();
  const { filter } = bench.cloud;
  return (
    <>
      <p class="button-row">
        {event.key !== null && event.key !== "" && (
          <button
            type="button"
            class="button"
            onClick={() => (filter.value = { ...NO_FILTER, key: event.key ?? "" })}
          >
            {t("All with key")} <KeyId id={event.key} />
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => (filter.value = { ...NO_FILTER, user: event.who })}
        >
          {t("All by {user}", { user: event.who })}
        </button>
      </p>
      <Document text={event.record} label={t("Record of {event}", { event: event.name })} />
    </>
  );
}
