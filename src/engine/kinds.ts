/**
 * How planted values and canaries are minted: in the real shapes, so that scanners and eyes behave as in life, and so
 * that no service outside can accept them. Every kind says why in `proof`; a test holds it.
 */
import { concat, fromUtf8, toBase64 } from "../base/bytes.ts";
import type { Stream } from "../base/stream.ts";
import { BECH32_ALPHABET, isBech32 } from "./checksum.ts";

export interface Minted {
  readonly kind: Kind;
  /** The credential as one text. */
  readonly value: string;
  /** Its parts by name, where it has several, for example `password` of a URL. */
  readonly parts: Readonly<Record<string, string>>;
  /** What the trace must look for: the parts that nobody may hold. */
  readonly needles: readonly string[];
  /** A line as somebody would write it into a file. */
  readonly sample: string;
}

export interface KindOfCredential {
  /** For people. */
  readonly title: string;
  /** Why no service outside can accept a value. */
  readonly proof: string;
  /** Rule and message by which the engine finds the sample. */
  readonly found: { readonly ruleId: string; readonly messageId: string };
  mint(stream: Stream): Omit<Minted, "kind">;
}

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const BASE62 = DIGITS + UPPER + LOWER;
const BASE64URL = `${UPPER}${LOWER}${DIGITS}-_`;
/** Base 62 digits (in every order of digits and cases) that cannot begin a six-digit number below 2³². */
const TOO_LARGE = "56789FGHIJKLMNOPQRSTUVWXYZfghijklmnopqrstuvwxyz";

const RULE = "@secretlint/secretlint-rule-";
const OWN = "@leaklab/secretlint-rule-patterns";

/** All that minting a token of the forge asks of a stream: the forge mints from a port of its own. */
type Texts = Pick<Stream, "text">;

function single(value: string, sample: string): Omit<Minted, "kind"> {
  return { value, parts: {}, needles: [value], sample };
}

/** A prefix, 30 random characters and a checksum of six that is no CRC-32. */
function checkedToken(prefix: string, stream: Texts, length = 30): string {
  return prefix + stream.text(length, BASE62) + stream.text(1, TOO_LARGE) + stream.text(5, BASE62);
}

function base64url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function databaseUrl(stream: Stream): Omit<Minted, "kind"> {
  const password = stream.text(23, BASE62) + stream.text(1, DIGITS);
  const parts = {
    user: "tides_app",
    password,
    host: "db.staging.lantern-tides.test",
    port: "5432",
    database: "tides",
  };
  const value = `postgres://${parts.user}:${password}@${parts.host}:${parts.port}/${parts.database}`;
  return { value, parts, needles: [password], sample: `DATABASE_URL=${value}` };
}

function awsKey(stream: Texts): Omit<Minted, "kind"> {
  // Real ids are base 32, which has no 0, 1, 8 or 9. A secret that ends in + or / would be missed by the engine.
  const id = ["AK", "IA"].join("") + stream.text(15, `${UPPER}234567`) + stream.text(1, "0189");
  const secret = stream.text(39, `${BASE62}+/`) + stream.text(1, BASE62);
  return {
    value: secret,
    parts: { accessKeyId: id, secretAccessKey: secret },
    needles: [secret],
    sample: `AWS_ACCESS_KEY_ID=${id}\nAWS_SECRET_ACCESS_KEY=${secret}`,
  };
}

/** PKCS #8 with a P-256 key (RFC 5208, RFC 5915) whose number is not below the order of the curve. */
function privateKey(stream: Stream): Omit<Minted, "kind"> {
  const head = [0x30, 0x81, 0x87, 2, 1, 0, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
  const curve = [6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7, 4, 0x6d, 0x30, 0x6b, 2, 1, 1, 4, 0x20];
  const tooLarge = concat([new Uint8Array(8).fill(0xff), stream.bytes(24)]);
  const point = concat([Uint8Array.of(0xa1, 0x44, 3, 0x42, 0, 4), stream.bytes(64)]);
  const base64 = toBase64(concat([Uint8Array.from(head), Uint8Array.from(curve), tooLarge, point]));
  const lines = base64.match(/.{1,64}/g) as string[];
  const label = ["PRIVATE", "KEY"].join(" ");
  const value = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
  return { value, parts: {}, needles: lines.filter((line) => line.length >= 40), sample: value };
}

/** DER of a positive number of so many bytes; the first byte decides whether a zero comes before it. */
function derInteger(bytes: Uint8Array): Uint8Array {
  const body = (bytes[0] ?? 0) >= 0x80 ? concat([Uint8Array.of(0), bytes]) : bytes;
  return concat([Uint8Array.of(2, body.length), body]);
}

/** PKCS #1 (RFC 8017, A.1.2) of 512 bits whose modulus is even: no product of two odd primes. */
function rsaKey(stream: Stream): Omit<Minted, "kind"> {
  const number = (length: number, first: number, last: number) =>
    derInteger(concat([Uint8Array.of(first), stream.bytes(length - 2), Uint8Array.of(last)]));
  const modulus = number(64, 0xc5, 0x2e);
  const exponents = [derInteger(Uint8Array.of(1, 0, 1)), number(64, 0x4b, 0x31)];
  const factors = [number(32, 0xe3, 0x1d), number(32, 0xdf, 0x53)];
  const rest = [number(32, 0x6a, 0x21), number(32, 0x35, 0x0b), number(32, 0x58, 0x77)];
  const body = concat([Uint8Array.of(2, 1, 0), modulus, ...exponents, ...factors, ...rest]);
  const head = Uint8Array.of(0x30, 0x82, body.length >> 8, body.length & 0xff);
  const lines = toBase64(concat([head, body])).match(/.{1,64}/g) as string[];
  const label = ["RSA", "PRIVATE", "KEY"].join(" ");
  const value = [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
  return { value, parts: {}, needles: lines.filter((line) => line.length >= 40), sample: value };
}

/** A macaroon (libmacaroons v2) for a host that cannot exist; without the packets that a real one ends with. */
function pypiToken(stream: Stream): Omit<Minted, "kind"> {
  const location = fromUtf8("pypi.test");
  const random = stream.bytes(60);
  const value = `pypi-${base64url(concat([Uint8Array.of(2, 1, location.length), location, random]))}`;
  return single(value, `TWINE_PASSWORD: ${value}`);
}

function jwt(stream: Stream): Omit<Minted, "kind"> {
  const subject = stream.text(12, LOWER);
  const encode = (claims: object) => base64url(fromUtf8(JSON.stringify(claims)));
  const head = encode({ alg: "RS256", typ: "JWT" });
  const claims = encode({ iss: "https://token.forge.test", sub: `repo:lantern-tides/tides:${subject}` });
  const signature = stream.text(60, BASE64URL);
  const value = `${head}.${claims}.${signature}`;
  return { value, parts: { signature }, needles: [value], sample: `Authorization: Bearer ${value}` };
}

function ageKey(stream: Stream): Omit<Minted, "kind"> {
  const human = ["age", "secret-key-"].join("-");
  const drawn = stream.text(58, BECH32_ALPHABET);
  // One character further in the alphabet breaks any checksum that chance made right.
  const last = (BECH32_ALPHABET.indexOf(drawn.charAt(57)) + 1) % 32;
  const data = isBech32(human, drawn) ? drawn.slice(0, 57) + BECH32_ALPHABET.charAt(last) : drawn;
  const value = `${human}1${data}`.toUpperCase();
  return single(value, value);
}

export const KINDS = {
  githubToken: {
    title: "GitHub personal access token (classic)",
    proof: "The last six characters are no CRC-32 in base 62.",
    found: { ruleId: `${RULE}github`, messageId: "GITHUB_TOKEN" },
    mint(stream: Texts) {
      const value = checkedToken(["gh", "p_"].join(""), stream);
      return single(value, `GITHUB_TOKEN=${value}`);
    },
  },
  githubAppToken: {
    title: "GitHub App installation token",
    proof: "The last six characters are no CRC-32 in base 62.",
    found: { ruleId: `${RULE}github`, messageId: "GITHUB_TOKEN" },
    mint(stream: Texts) {
      const value = checkedToken(["gh", "s_"].join(""), stream);
      return single(value, `GH_TOKEN=${value}`);
    },
  },
  githubOauthToken: {
    title: "GitHub OAuth access token",
    proof: "The last six characters are no CRC-32 in base 62.",
    found: { ruleId: `${RULE}github`, messageId: "GITHUB_TOKEN" },
    mint(stream: Texts) {
      const value = checkedToken(["gh", "o_"].join(""), stream);
      return single(value, `GH_TOKEN=${value}`);
    },
  },
  githubFineGrainedToken: {
    title: "GitHub fine-grained personal access token",
    proof: "The last six characters are no CRC-32 in base 62.",
    found: { ruleId: `${RULE}github`, messageId: "GITHUB_TOKEN" },
    mint(stream: Texts) {
      const head = ["github", "pat", stream.text(22, BASE62), ""].join("_");
      const value = checkedToken(head, stream, 53);
      return single(value, `GITHUB_TOKEN=${value}`);
    },
  },
  npmToken: {
    title: "npm access token",
    proof: "The last six characters are no CRC-32 in base 62.",
    found: { ruleId: `${RULE}npm`, messageId: "NPM_ACCESS_TOKEN" },
    mint(stream: Texts) {
      const value = checkedToken(["np", "m_"].join(""), stream);
      return single(value, `NPM_TOKEN=${value}`);
    },
  },
  awsKey: {
    title: "AWS access key",
    proof: "The key id holds a digit that base 32 does not have.",
    found: { ruleId: `${RULE}aws`, messageId: "AWSSecretAccessKey" },
    mint: awsKey,
  },
  postgresUrl: {
    title: "PostgreSQL connection URL",
    proof: "The host is under .test, which never resolves (RFC 2606).",
    found: { ruleId: `${RULE}database-connection-string`, messageId: "PostgreSQLConnection" },
    mint: databaseUrl,
  },
  hvs: {
    title: "Vault service token",
    proof: "97 characters are no length of base64.",
    found: { ruleId: `${RULE}hashicorp-vault`, messageId: "HASHICORP_VAULT_SERVICE_TOKEN" },
    mint(stream: Texts) {
      const value = `hvs.CAES${stream.text(92, BASE64URL)}${stream.text(1, BASE62)}`;
      return single(value, `VAULT_TOKEN=${value}`);
    },
  },
  openbaoToken: {
    title: "OpenBao service token",
    proof: "Only meaningful to the store that issued it; the stores of a lab are under .test.",
    found: { ruleId: OWN, messageId: "OPENBAO_TOKEN" },
    mint(stream: Texts) {
      const value = `s.${stream.text(21, BASE62)}${stream.text(1, DIGITS)}${stream.text(1, LOWER)}${stream.text(1, UPPER)}`;
      return single(value, `BAO_TOKEN=${value}`);
    },
  },
  dockerPat: {
    title: "Docker personal access token",
    proof: "The last character leaves bits over that twenty bytes in base64 cannot leave.",
    found: { ruleId: `${RULE}docker`, messageId: "DOCKER_PERSONAL_ACCESS_TOKEN" },
    mint(stream: Texts) {
      const value = `${["dckr", "pat", ""].join("_")}${stream.text(26, BASE64URL)}${stream.text(1, "BCDFGHJKLNOPRSTVWXZ")}`;
      return single(value, `DOCKER_PASSWORD=${value}`);
    },
  },
  slackWebhook: {
    title: "Slack incoming webhook",
    proof: "The last part has 25 characters; a real one has 24.",
    found: { ruleId: `${RULE}slack`, messageId: "IncomingWebhook" },
    mint(stream: Texts) {
      const [team, hook] = [stream.text(8, UPPER + DIGITS), stream.text(8, UPPER + DIGITS)];
      const key = stream.text(25, BASE62);
      const value = `${["https://hooks.slack", "com/services"].join(".")}/T${team}/B${hook}/${key}`;
      return { value, parts: { key }, needles: [key], sample: `SLACK_WEBHOOK=${value}` };
    },
  },
  pypiToken: {
    title: "PyPI API token",
    proof: "The macaroon names pypi.test, which never resolves (RFC 2606).",
    found: { ruleId: OWN, messageId: "PYPI_TOKEN" },
    mint: pypiToken,
  },
  googleApiKey: {
    title: "Google API key",
    proof: "None: the shape has no checksum. Chance alone keeps it from being a real key.",
    found: { ruleId: OWN, messageId: "GOOGLE_API_KEY" },
    mint(stream: Texts) {
      const value = ["AI", "za"].join("") + stream.text(34, BASE64URL) + stream.text(1, BASE62);
      return single(value, `GOOGLE_API_KEY=${value}`);
    },
  },
  jwt: {
    title: "JSON Web Token",
    proof: "The issuer is under .test, and 60 characters are no RS256 signature.",
    found: { ruleId: OWN, messageId: "JWT" },
    mint: jwt,
  },
  ageKey: {
    title: "age secret key",
    proof: "The Bech32 checksum is wrong.",
    found: { ruleId: OWN, messageId: "AGE_SECRET_KEY" },
    mint: ageKey,
  },
  password: {
    title: "password of a database",
    proof: "Names no service.",
    found: { ruleId: OWN, messageId: "PASSWORD_ASSIGNMENT" },
    mint(stream: Texts) {
      const value = stream.text(22, BASE62) + stream.text(1, DIGITS) + stream.text(1, LOWER);
      return single(value, `PGPASSWORD=${value}`);
    },
  },
  privateKeyPem: {
    title: "private key (PEM)",
    proof: "The number of the key is not below the order of its curve.",
    found: { ruleId: `${RULE}privatekey`, messageId: "PrivateKey" },
    mint: privateKey,
  },
  rsaKeyPem: {
    title: "RSA private key (PEM)",
    proof: "The modulus is even, so it is no product of two odd primes.",
    found: { ruleId: `${RULE}privatekey`, messageId: "PrivateKey" },
    mint: rsaKey,
  },
} as const satisfies Record<string, KindOfCredential>;

export type Kind = keyof typeof KINDS;

export function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}

/** Mints one value; the same position of the same stream gives the same value. */
export function mint(kind: Kind, stream: Stream): Minted {
  return { kind, ...(KINDS[kind] as KindOfCredential).mint(stream) };
}
