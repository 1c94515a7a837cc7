/** https://docs.aws.amazon.com/cli/latest/reference/sts/ */
import { operation, type Service, type Structure } from "./shape.ts";

const CREDENTIALS: Structure = {
  AccessKeyId: "string",
  SecretAccessKey: "string",
  SessionToken: "string",
  Expiration: "timestamp",
};

const ASSUMED: Structure = { AssumedRoleId: "string", Arn: "string" };

export const sts: Service = {
  name: "sts",
  endpoint: "sts",
  protocol: "query",
  version: "2011-06-15",
  global: true,
  operations: [
    operation("GetCallerIdentity", {}, "", { UserId: "string", Account: "string", Arn: "string" }),
    operation(
      "AssumeRole",
      {
        RoleArn: "string",
        RoleSessionName: "string",
        Policy: "string",
        DurationSeconds: "integer",
        ExternalId: "string",
      },
      "RoleArn RoleSessionName",
      { Credentials: CREDENTIALS, AssumedRoleUser: ASSUMED, PackedPolicySize: "integer" },
    ),
    operation(
      "AssumeRoleWithWebIdentity",
      {
        RoleArn: "string",
        RoleSessionName: "string",
        WebIdentityToken: "string",
        ProviderId: "string",
        Policy: "string",
        DurationSeconds: "integer",
      },
      "RoleArn RoleSessionName WebIdentityToken",
      {
        Credentials: CREDENTIALS,
        SubjectFromWebIdentityToken: "string",
        AssumedRoleUser: ASSUMED,
        PackedPolicySize: "integer",
        Provider: "string",
        Audience: "string",
      },
    ),
    operation("GetSessionToken", { DurationSeconds: "integer" }, "", { Credentials: CREDENTIALS }),
    operation("GetAccessKeyInfo", { AccessKeyId: "string" }, "AccessKeyId", { Account: "string" }),
  ],
};
