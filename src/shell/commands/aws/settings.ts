/**
 * Which profile, region and credentials a command uses, and where each was found.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-authentication.html
 */
import type { SigningKey } from "../../../world/services/cloud/signature.ts";
import { environment, type Machine } from "./machine.ts";
import type { Globals, OutputFormat } from "./options.ts";
import { OUTPUTS } from "./options.ts";
import { readProfiles, type Profiles, type Section } from "./profiles.ts";
import { AwsStop } from "./stop.ts";

/** A value, and where it was found: "env", "shared-credentials-file"… */
export interface Found {
  readonly value: string;
  readonly type: string;
  readonly location: string;
}

export interface Settings {
  readonly profile: Found | null;
  readonly region: Found | null;
  readonly output: OutputFormat;
  readonly key: SigningKey | null;
  /** Where the key was found. */
  readonly keyType: string;
  /** A role to be taken on with a token of an identity provider. */
  readonly webIdentity: WebIdentity | null;
}

export interface WebIdentity {
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly sessionName: string;
}

export async function readSettings(machine: Machine, globals: Globals): Promise<Settings> {
  const profiles = await readProfiles(machine);
  const profile = profileOf(machine, globals);
  const name = profile?.value ?? "default";
  const known = profiles.config.get(name) ?? profiles.credentials.get(name);
  if (profile && !known) throw new AwsStop(`The config profile (${name}) could not be found`, 255);
  const { key, keyType } = keyOf(machine, globals, profiles, name);
  return {
    profile,
    region: regionOf(machine, globals, profiles.config.get(name)),
    output: outputOf(machine, globals, profiles.config.get(name)),
    key,
    keyType,
    webIdentity: key ? null : webIdentityOf(machine, profiles.config.get(name)),
  };
}

function profileOf(machine: Machine, { profile }: Globals): Found | null {
  if (profile !== undefined) return { value: profile, type: "manual", location: "--profile" };
  const name = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].find((it) => environment(machine, it) !== undefined);
  return name === undefined
    ? null
    : {
        value: environment(machine, name) as string,
        type: "env",
        location: "['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']",
      };
}

function regionOf(machine: Machine, { region }: Globals, section: Section | undefined): Found | null {
  if (region !== undefined) return { value: region, type: "manual", location: "--region" };
  const name = ["AWS_REGION", "AWS_DEFAULT_REGION"].find((it) => environment(machine, it) !== undefined);
  if (name !== undefined)
    return {
      value: environment(machine, name) as string,
      type: "env",
      location: "['AWS_REGION', 'AWS_DEFAULT_REGION']",
    };
  const value = section?.get("region");
  return value === undefined ? null : { value, type: "config-file", location: "~/.aws/config" };
}

function outputOf(machine: Machine, { output }: Globals, section: Section | undefined): OutputFormat {
  const value = output ?? environment(machine, "AWS_DEFAULT_OUTPUT") ?? section?.get("output") ?? "json";
  if ((OUTPUTS as readonly string[]).includes(value)) return value as OutputFormat;
  throw new AwsStop(`Unknown output type: ${value}`, 255);
}

type Key = Pick<Settings, "key" | "keyType">;

/** With --profile the environment does not count. */
function keyOf(machine: Machine, globals: Globals, profiles: Profiles, name: string): Key {
  const env = (variable: string) => environment(machine, variable);
  const id = globals.profile === undefined ? env("AWS_ACCESS_KEY_ID") : undefined;
  if (id !== undefined)
    return keyFrom(
      "env",
      id,
      env("AWS_SECRET_ACCESS_KEY"),
      env("AWS_SESSION_TOKEN") ?? env("AWS_SECURITY_TOKEN"),
      "AWS_SECRET_ACCESS_KEY",
    );
  for (const [section, type] of [
    [profiles.credentials.get(name), "shared-credentials-file"],
    [profiles.config.get(name), "config-file"],
  ] as const) {
    const found = section?.get("aws_access_key_id");
    if (found === undefined) continue;
    return keyFrom(
      type,
      found,
      section?.get("aws_secret_access_key"),
      section?.get("aws_session_token"),
      "aws_secret_access_key",
    );
  }
  return { key: null, keyType: "None" };
}

function keyFrom(
  type: string,
  accessKeyId: string,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
  missing: string,
): Key {
  if (secretAccessKey === undefined)
    throw new AwsStop(`Partial credentials found in ${type}, missing: ${missing}`, 253);
  return {
    key: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    keyType: type,
  };
}

function webIdentityOf(machine: Machine, section: Section | undefined): WebIdentity | null {
  const roleArn = environment(machine, "AWS_ROLE_ARN") ?? section?.get("role_arn");
  const tokenFile =
    environment(machine, "AWS_WEB_IDENTITY_TOKEN_FILE") ?? section?.get("web_identity_token_file");
  if (roleArn === undefined || tokenFile === undefined) return null;
  const sessionName = environment(machine, "AWS_ROLE_SESSION_NAME") ?? section?.get("role_session_name");
  return {
    roleArn,
    tokenFile,
    sessionName: sessionName ?? `botocore-session-${Math.floor(machine.now() / 1000)}`,
  };
}
