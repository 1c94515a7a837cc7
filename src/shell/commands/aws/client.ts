/** Sends an operation to its service: prepared in its protocol, signed, and read. */
import { fromUtf8, toUtf8 } from "../../../base/bytes.ts";
import type { Json } from "../../../base/json.ts";
import { UnknownHostError } from "../../../world/network.ts";
import { sign, type SigningKey } from "../../../world/services/cloud/signature.ts";
import { readBytes } from "../lib/invocation.ts";
import type { Machine } from "./machine.ts";
import { dashed, type Operation, type Service } from "./model/shape.ts";
import type { Globals } from "./options.ts";
import type { Input } from "./parameters.ts";
import { fromJson, fromXml } from "./protocol/answer.ts";
import { jsonRequest, queryRequest, refusalOf, type Prepared } from "./protocol/request.ts";
import { child, parseXml } from "./protocol/xml.ts";
import { readSettings, type Settings, type WebIdentity } from "./settings.ts";
import { AwsStop, ServiceStop } from "./stop.ts";
import { VERSION } from "./version.ts";

/** What the endpoints without a region are signed for. */
const GLOBAL_REGION = "us-east-1";
const DOMAIN = "amazonaws.test";

export class Client {
  readonly machine: Machine;
  readonly globals: Globals;
  readonly settings: Settings;
  #key: SigningKey | null;

  private constructor(machine: Machine, globals: Globals, settings: Settings) {
    this.machine = machine;
    this.globals = globals;
    this.settings = settings;
    this.#key = settings.key;
  }

  static async of(machine: Machine, globals: Globals): Promise<Client> {
    return new Client(machine, globals, await readSettings(machine, globals));
  }

  /** The answer as the command line shows it. */
  async call(
    service: Service,
    operation: Operation,
    input: Input,
  ): Promise<{ readonly [name: string]: Json }> {
    const prepare = service.protocol === "query" ? queryRequest : jsonRequest;
    const response = await this.send(service, operation.name, prepare(service, operation, input));
    const text = await response.text();
    if (service.protocol === "json")
      return fromJson(operation.output, parsedJson(text)) as Record<string, Json>;
    const root = parseXml(text);
    const result = child(root, `${operation.name}Result`);
    return result ? (fromXml(operation.output, result) as Record<string, Json>) : {};
  }

  /** A good answer; anything else ends the command. */
  async send(service: Service, operation: string, prepared: Prepared): Promise<Response> {
    const response = await this.sendAny(service, operation, prepared);
    if (response.ok) return response;
    const { code, message } = refusalOf(response.status, await response.text(), response.headers);
    throw new ServiceStop(operation, code, message);
  }

  async sendAny(service: Service, operation: string, prepared: Prepared): Promise<Response> {
    const { method, path, body } = prepared;
    const url = `${this.#origin(service)}${path}`;
    // As the SDK in browsers sends it: some of them do not let a program set User-Agent.
    const headers = { ...prepared.headers, "x-amz-user-agent": userAgent(service.name, operation) };
    const key = await this.#signer(operation);
    const scope = { region: this.#region(service), service: service.endpoint };
    const all = key ? sign({ method, url, headers, body }, key, scope, this.machine.now()) : headers;
    const { host: _, ...sent } = all as Record<string, string>;
    const hasBody = method !== "GET" && method !== "HEAD";
    try {
      if (!this.machine.reach) throw new UnknownHostError(new URL(url).hostname);
      return await this.machine.reach(
        new Request(url, { method, headers: sent, ...(hasBody ? { body: body as BodyInit } : {}) }),
      );
    } catch (error) {
      if (!(error instanceof UnknownHostError)) throw error;
      throw new AwsStop(`Could not connect to the endpoint URL: "${url}"`, 255);
    }
  }

  #region({ global }: Service): string {
    const region = this.settings.region?.value;
    if (region !== undefined && /^[a-zA-Z0-9-]{1,63}$/.test(region)) return region;
    if (region !== undefined)
      throw new AwsStop(`Provided region_name '${region}' doesn't match a supported format.`, 255);
    if (global) return GLOBAL_REGION;
    throw new AwsStop(
      'You must specify a region. You can also configure your region by running "aws configure".',
      253,
    );
  }

  #origin(service: Service): string {
    const { endpointUrl } = this.globals;
    if (endpointUrl !== undefined) {
      if (!/^https?:\/\//.test(endpointUrl) || !URL.canParse(endpointUrl))
        throw new AwsStop(`Invalid endpoint: ${endpointUrl}`, 255);
      return endpointUrl.replace(/\/+$/, "");
    }
    const region = this.#region(service);
    const oneForAll = service.name === "iam" || (this.settings.region === null && service.global);
    return `https://${service.endpoint}${oneForAll ? "" : `.${region}`}.${DOMAIN}`;
  }

  async #signer(operation: string): Promise<SigningKey | null> {
    if (!this.globals.signed || operation === "AssumeRoleWithWebIdentity") return null;
    const { webIdentity } = this.settings;
    if (this.#key === null && webIdentity) this.#key = await this.#assumed(webIdentity);
    if (this.#key) return this.#key;
    throw new AwsStop(
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
      253,
    );
  }

  async #assumed({ roleArn, tokenFile, sessionName }: WebIdentity): Promise<SigningKey> {
    const { sts } = await import("./model/sts.ts");
    const token = await readBytes(this.machine.context, tokenFile);
    if (typeof token === "string") throw new AwsStop(`[Errno 2] ${token}: '${tokenFile}'`, 255);
    const operation = sts.operations.find(({ name }) => name === "AssumeRoleWithWebIdentity") as Operation;
    const answer = await this.call(sts, operation, {
      RoleArn: roleArn,
      RoleSessionName: sessionName,
      WebIdentityToken: toUtf8(token).trim(),
    });
    const { AccessKeyId, SecretAccessKey, SessionToken } = answer["Credentials"] as Record<string, string>;
    return {
      accessKeyId: AccessKeyId as string,
      secretAccessKey: SecretAccessKey as string,
      sessionToken: SessionToken as string,
    };
  }
}

export function bodyBytes(body: string | Uint8Array): Uint8Array {
  return typeof body === "string" ? fromUtf8(body) : body;
}

function userAgent(service: string, operation: string): string {
  return `aws-cli/${VERSION} md/prompt#off md/command#${service}.${dashed(operation)}`;
}

function parsedJson(text: string): unknown {
  try {
    return text === "" ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new AwsStop("Unable to parse response, invalid JSON received", 255);
  }
}
