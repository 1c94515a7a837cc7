/** Panels of services: what they show is asked for again after each change of the world; what they change is an input. */
import { useEffect, useState } from "preact/hooks";
import type { Look } from "../../worker/protocol.ts";
import { toast, useBench, type Bench } from "../workbench/bench.ts";

export const FORGE = "https://forge.test";
export const API = `${FORGE}/api/v3`;

/** `null` until the first answer is there. The answers stand in the order of the addresses. */
export function useLook(urls: readonly string[]): readonly Look[] | null {
  const { session } = useBench();
  const [seen, setSeen] = useState<readonly Look[] | null>(null);
  const version = session.version.value;
  const key = urls.join("\n");
  useEffect(() => {
    let current = true;
    const answer = urls.length === 0 ? Promise.resolve([]) : session.client?.ask({ ask: "look", urls });
    answer?.then(
      (looks) => current && setSeen(looks),
      // The worker was ended or replaced: the next change asks again.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [key, version, session]);
  return seen !== null && seen.length === urls.length && seen.every(({ url }, i) => url === urls[i])
    ? seen
    : null;
}

/** The JSON of an answer that went well; null otherwise. */
export function jsonOf<T>(look: Look | undefined): T | null {
  if (!look || look.status < 200 || look.status > 299 || look.text === "") return null;
  try {
    return JSON.parse(look.text) as T;
  } catch {
    return null;
  }
}

/** Changes something: a request of the learner's, stored like every input. Says in words where it was refused. */
export async function change(bench: Bench, request: Change): Promise<boolean> {
  const { method, url, body, form, done } = request;
  const answer = await bench.session.commit({
    kind: "request",
    method,
    url,
    body: form ? new URLSearchParams(form).toString() : body === undefined ? "" : JSON.stringify(body),
  });
  if ("refused" in answer && answer.refused === true) {
    toast(bench, { tone: "notyet", text: answer.message });
    return false;
  }
  const went = (answer as { exitCode: number }).exitCode === 0;
  if (went) bench.said.value = done;
  else
    toast(bench, {
      tone: "notyet",
      text: request.refused ?? bench.t("The service refused this. The audit log tells why."),
    });
  return went;
}

export interface Change {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly body?: unknown;
  /** Fields of a form, in place of a body of JSON. */
  readonly form?: Readonly<Record<string, string>>;
  /** What is said once it is done. */
  readonly done: string;
  /** What is said where the service refuses. */
  readonly refused?: string;
}

/** "T+12:30", or the date where it was before the lab began. */
export function labTime(bench: Bench, iso: string | null | undefined): string {
  if (!iso) return "";
  const since = Date.parse(iso) - bench.session.startMs.value;
  if (since < 0) return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
  const seconds = Math.floor(since / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  return `T+${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** "0:45" between two times; empty where one is not known. */
export function lasted(from: string | null | undefined, to: string | null | undefined): string {
  if (!from || !to) return "";
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
