/** Answers in GitHub's words. https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
import type { Json } from "../../../../base/json.ts";
import type { Call } from "./route.ts";

const DOCUMENTATION = "https://docs.github.com/rest";

export function json(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

export function failure(
  status: number,
  message: string,
  more: Readonly<Record<string, Json>> = {},
): Response {
  return json(status, { message, ...more, documentation_url: DOCUMENTATION, status: String(status) });
}

export function notFound(): Response {
  return failure(404, "Not Found");
}

export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  readonly message?: string;
}

/** 422 with the fields that are wrong. */
export function invalid(...errors: readonly FieldError[]): Response {
  return failure(422, "Validation Failed", { errors: errors as unknown as Json });
}

export function notSimulated(method: string, path: string): Response {
  return failure(404, `not simulated in LeakLab: ${method} ${path}`);
}

/** Seconds precision, as the REST API writes times. */
export function time(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : time(ms);
}

const PER_PAGE = 30;
const MOST_PER_PAGE = 100;

/** The slice of a list that `page` and `per_page` ask for, and the Link header that leads to the others. */
export function page<T>(
  { url }: Pick<Call, "url">,
  items: readonly T[],
): {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
} {
  const size = Math.min(MOST_PER_PAGE, whole(url.searchParams.get("per_page"), PER_PAGE));
  const number = whole(url.searchParams.get("page"), 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(number > 1 ? [link(url, Math.min(number - 1, last), "prev")] : []),
    ...(number < last ? [link(url, number + 1, "next"), link(url, last, "last")] : []),
    ...(number > 1 ? [link(url, 1, "first")] : []),
  ];
  return {
    items: items.slice((number - 1) * size, number * size),
    headers: links.length > 0 ? { Link: links.join(", ") } : {},
  };
}

/** A page of a list as a JSON array. */
export function list<T>(call: Pick<Call, "url">, items: readonly T[], toJson: (item: T) => Json): Response {
  const shown = page(call, items);
  return json(200, shown.items.map(toJson), shown.headers);
}

/** A page of a list as `{total_count, <name>: […]}`, as the Actions API answers. */
export function counted<T>(
  call: Pick<Call, "url">,
  name: string,
  items: readonly T[],
  toJson: (item: T) => Json,
): Response {
  const shown = page(call, items);
  return json(200, { total_count: items.length, [name]: shown.items.map(toJson) }, shown.headers);
}

function whole(text: string | null, otherwise: number): number {
  return text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : otherwise;
}

function link(url: URL, number: number, relation: string): string {
  const to = new URL(url);
  to.searchParams.set("page", String(number));
  return `<${to.href}>; rel="${relation}"`;
}
