import { expect, test } from "vitest";
import { fromUtf8 } from "../../../base/bytes.ts";
import { World } from "../../world.ts";
import { openAccount } from "./account.ts";
import { authenticate, type SignedRequest } from "./authenticate.ts";
import { createKey, deleteKey } from "./keys.ts";
import { addUser } from "./users.ts";
import { sign, signatureOf, type Scope } from "./signature.ts";

const IAM: Scope = { region: "us-east-1", service: "iam" };
const URL_IAM = "https://iam.amazonaws.test/";
const MINUTE = 60_000;

function setting() {
  const world = World.empty(3, { detect: () => [] });
  const ports = world.ports("cloud");
  openAccount(ports);
  addUser(ports, "mina");
  const { key, credential } = createKey(ports, "mina");
  const signing = { accessKeyId: key.accessKeyId, secretAccessKey: credential.value };
  return { world, ports, key, credential, signing };
}

type Setting = ReturnType<typeof setting>;

interface Signed {
  readonly url?: string;
  readonly body?: string;
  readonly scope?: Scope;
  readonly lateMs?: number;
  readonly more?: Readonly<Record<string, string>>;
}

function signed({ ports, signing }: Setting, options: Signed = {}): SignedRequest {
  const { url = URL_IAM, body = "Action=ListUsers", scope = IAM, lateMs = 0, more = {} } = options;
  const headers = sign({ method: "POST", url, body, headers: more }, signing, scope, ports.now() + lateMs);
  return {
    method: "POST",
    url: new URL(url),
    headers: new Headers(headers),
    body: fromUtf8(body),
    service: "iam",
  };
}

function outcome(it: Setting, request: SignedRequest): string {
  const caller = authenticate(it.ports, request);
  return caller.kind === "failure" ? caller.reason : caller.kind;
}

test("a right signature is its user's", () => {
  const it = setting();
  expect(authenticate(it.ports, signed(it))).toMatchObject({
    kind: "user",
    user: "mina",
    arn: expect.stringMatching(/^arn:aws:iam::\d{12}:user\/mina$/),
    accessKeyId: it.key.accessKeyId,
  });
});

test("the host counts as it was sent", () => {
  const it = setting();
  const request = signed(it, { url: "https://127.0.0.1:8080/" });
  expect(outcome(it, { ...request, url: new URL(URL_IAM) })).toBe("user");
  request.headers.delete("host");
  expect(outcome(it, { ...request, url: new URL(URL_IAM) })).toBe("wrong-signature");
});

/** What may not be changed after it was signed. */
const CHANGES: readonly (readonly [string, (it: SignedRequest) => SignedRequest])[] = [
  ["body", (it) => ({ ...it, body: fromUtf8("Action=DeleteUser") })],
  ["method", (it) => ({ ...it, method: "PUT" })],
  ["path", (it) => ({ ...it, url: new URL("/x", it.url) })],
  ["query", (it) => ({ ...it, url: new URL("/?Action=DeleteUser", it.url) })],
  ["service", (it) => ({ ...it, service: "sts" })],
  ["a signed header", (it) => changed(it, "x-amz-content-sha256", "UNSIGNED-PAYLOAD")],
  [
    "the signature itself",
    (it) => changed(it, "authorization", `${it.headers.get("authorization")?.slice(0, -1)}x`),
  ],
];

function changed(it: SignedRequest, name: string, value: string): SignedRequest {
  const headers = new Headers(it.headers);
  headers.set(name, value);
  return { ...it, headers };
}

test.each(CHANGES)("a changed request: %s", (_, change) => {
  const it = setting();
  expect(outcome(it, change(signed(it)))).toBe("wrong-signature");
});

test.each([
  ["now", 0, "user"],
  ["ten minutes ago", -10 * MINUTE, "user"],
  ["twenty minutes ago", -20 * MINUTE, "skewed"],
  ["in twenty minutes", 20 * MINUTE, "skewed"],
])("signed %s", (_, lateMs, expected) => {
  const it = setting();
  expect(outcome(it, signed(it, { lateMs }))).toBe(expected);
});

const ALGORITHM = ["AWS4", "HMAC", "SHA256"].join("-");

test.each([
  ["another scheme", "Bearer x"],
  ["nothing behind the name", ALGORITHM],
  ["no signature", `${ALGORITHM} Credential=a/20260303/r/iam/aws4_request, SignedHeaders=host`],
  ["a short scope", `${ALGORITHM} Credential=a/20260303/r, SignedHeaders=host, Signature=0`],
  ["no host", `${ALGORITHM} Credential=a/20260303/r/iam/aws4_request, SignedHeaders=x-amz-date, Signature=0`],
])("what is no signature: %s", (_, header) => {
  const it = setting();
  expect(outcome(it, changed(signed(it), "authorization", header))).toBe("incomplete");
});

test("without any it is nobody", () => {
  const it = setting();
  const request = signed(it);
  request.headers.delete("authorization");
  expect(outcome(it, request)).toBe("anonymous");
});

test("a key that nobody knows, and one that is gone", () => {
  const it = setting();
  const foreign = { ...it, signing: { ...it.signing, accessKeyId: "__proto__" } };
  expect(outcome(it, signed(foreign))).toBe("unknown-key");
  deleteKey(it.ports, it.key);
  expect(authenticate(it.ports, signed(it))).toMatchObject({
    reason: "unknown-key",
    credential: it.credential.id,
    accessKeyId: it.key.accessKeyId,
  });
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function presigned({ ports, signing }: Setting, expiresS: number): SignedRequest {
  const amzDate = `${new Date(ports.now()).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const scope = { region: "eu-north-1", service: "s3" };
  const url = new URL("https://s3.eu-north-1.amazonaws.test/bucket/a%20b");
  const credential = `${signing.accessKeyId}/${amzDate.slice(0, 8)}/${scope.region}/s3/aws4_request`;
  url.searchParams.set("X-Amz-Algorithm", ALGORITHM);
  url.searchParams.set("X-Amz-Credential", credential);
  url.searchParams.set("X-Amz-Date", amzDate);
  url.searchParams.set("X-Amz-Expires", String(expiresS));
  url.searchParams.set("X-Amz-SignedHeaders", "host");
  const headers = [["host", url.host]] as const;
  const canonical = { method: "GET", url: url.href, headers, payload: "UNSIGNED-PAYLOAD" };
  url.searchParams.set("X-Amz-Signature", signatureOf(canonical, signing.secretAccessKey, scope, amzDate));
  return { method: "GET", url, headers: new Headers(), body: new Uint8Array(), service: "s3" };
}

test("a presigned address holds for its time", async () => {
  const it = setting();
  const request = presigned(it, 900);
  expect(outcome(it, request)).toBe("user");
  await it.world.advance(899_000);
  expect(outcome(it, request)).toBe("user");
  await it.world.advance(2_000);
  expect(outcome(it, request)).toBe("skewed");
});

test.each([["0"], ["604801"], ["x"]])("a presigned address for %s seconds", (expires) => {
  const it = setting();
  const request = presigned(it, 900);
  request.url.searchParams.set("X-Amz-Expires", expires);
  expect(outcome(it, request)).toBe("incomplete");
});
