/** Who is let in at all, in the words of each protocol; and what CloudTrail tells. */
import {
  DescribeTrailsCommand,
  LookupEventsCommand,
  type LookupAttributeKey,
} from "@aws-sdk/client-cloudtrail";
import { ListUsersCommand, UpdateUserCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { expect } from "vitest";
import type { Clients, Row } from "../setting.ts";

const who = ({ sts }: Clients) => sts.send(new GetCallerIdentityCommand({}));
const users = ({ iam }: Clients) => iam.send(new ListUsersCommand({}));
const events = ({ trail }: Clients, AttributeKey?: string, AttributeValue = "", more: object = {}) =>
  trail.send(
    new LookupEventsCommand({
      ...(AttributeKey
        ? { LookupAttributes: [{ AttributeKey: AttributeKey as LookupAttributeKey, AttributeValue }] }
        : {}),
      ...more,
    }),
  );
const names = async (clients: Clients, key: string, value: string) => {
  const { Events = [], $metadata } = await events(clients, key, value);
  return { $metadata, names: [...new Set(Events.map(({ EventName }) => EventName))] };
};
const INVALID = "The security token included in the request is invalid.";

export const signingCalls: readonly Row[] = [
  ["a key that nobody knows, STS", "stranger", who, "InvalidClientTokenId", INVALID],
  ["a key that nobody knows, IAM", "stranger", users, "InvalidClientTokenId", INVALID],
  [
    "a key that nobody knows, CloudTrail",
    "stranger",
    (c) => events(c),
    "UnrecognizedClientException",
    INVALID,
  ],
  [
    "a wrong secret, STS",
    "wrong",
    who,
    "SignatureDoesNotMatch",
    /^The request signature we calculated does not match/,
  ],
  ["a wrong secret, IAM", "wrong", users, "SignatureDoesNotMatch"],
  ["a wrong secret, CloudTrail", "wrong", (c) => events(c), "InvalidSignatureException"],
  [
    "no signature, STS",
    "nobody",
    who,
    "MissingAuthenticationToken",
    "Request is missing Authentication Token",
  ],
  ["no signature, IAM", "nobody", users, "MissingAuthenticationToken"],
  ["no signature, CloudTrail", "nobody", (c) => events(c), "MissingAuthenticationTokenException"],
  [
    "what is not there",
    "admin",
    ({ iam }) => iam.send(new UpdateUserCommand({ UserName: "teo", NewUserName: "ted" })),
    "InvalidAction",
    /^Could not find operation UpdateUser for version 2010-05-08: not simulated in LeakLab/,
  ],
  // CloudTrail
  [
    "who may not look",
    "reader",
    (c) => events(c),
    "AccessDeniedException",
    /^User: \S+ is not authorized to perform: cloudtrail:LookupEvents because/,
  ],
  [
    "by name of the event",
    "admin",
    async (clients) => {
      const { Events = [], $metadata } = await events(clients, "EventName", "CreateUser");
      const whole = JSON.parse(Events.at(-1)?.CloudTrailEvent ?? "{}") as object;
      return { $metadata, first: Events.at(-1), whole };
    },
    {
      first: expect.objectContaining({
        ...{ EventName: "CreateUser", EventSource: "iam.amazonaws.com", Username: "mina", ReadOnly: "false" },
        EventTime: new Date("2026-03-03T09:00:00Z"),
        Resources: [{ ResourceType: "AWS::IAM::User", ResourceName: "svc-ci" }],
      }),
      whole: expect.objectContaining({
        userIdentity: expect.objectContaining({ type: "IAMUser", userName: "mina" }),
        sourceIPAddress: "203.0.113.20",
        requestParameters: expect.objectContaining({ userName: "svc-ci" }),
        eventCategory: "Management",
      }),
    },
  ],
  [
    "what was refused has its code",
    "admin",
    async (clients) => {
      const { Events = [], $metadata } = await events(clients, "Username", "sam");
      const all = Events.map(
        ({ CloudTrailEvent = "{}" }) => JSON.parse(CloudTrailEvent) as { errorCode?: string },
      );
      return { $metadata, codes: [...new Set(all.flatMap(({ errorCode }) => errorCode ?? []))] };
    },
    { codes: expect.arrayContaining(["AccessDenied"]) },
  ],
  [
    "by resource",
    "admin",
    (c) => names(c, "ResourceName", "deploy"),
    { names: expect.arrayContaining(["CreateRole", "DeleteRole"]) },
  ],
  [
    "by source",
    "admin",
    (c) => names(c, "EventSource", "sts.amazonaws.com"),
    { names: expect.arrayContaining(["AssumeRole"]) },
  ],
  ["by nobody", "admin", (c) => names(c, "Username", "nobody"), { names: [] }],
  [
    "in pages",
    "admin",
    async (clients) => {
      const first = await events(clients, undefined, "", { MaxResults: 2 });
      const next = await events(clients, undefined, "", { MaxResults: 1, NextToken: first.NextToken });
      return { ...next, first: first.Events?.length, next: next.Events?.length };
    },
    { first: 2, next: 1, NextToken: expect.any(String) },
  ],
  [
    "an attribute that there is not",
    "admin",
    (c) => events(c, "Colour", "blue"),
    "InvalidLookupAttributesException",
  ],
  [
    "two attributes",
    "admin",
    ({ trail }) =>
      trail.send(
        new LookupEventsCommand({
          LookupAttributes: [
            { AttributeKey: "Username", AttributeValue: "a" },
            { AttributeKey: "EventName", AttributeValue: "b" },
          ],
        }),
      ),
    "InvalidLookupAttributesException",
  ],
  [
    "too many at once",
    "admin",
    (c) => events(c, undefined, "", { MaxResults: 51 }),
    "InvalidMaxResultsException",
  ],
  [
    "from the end to the beginning",
    "admin",
    (c) =>
      events(c, undefined, "", {
        StartTime: new Date("2026-03-03T10:00:00Z"),
        EndTime: new Date("2026-03-03T09:00:00Z"),
      }),
    "InvalidTimeRangeException",
  ],
  [
    "a page that nobody gave",
    "admin",
    (c) => events(c, undefined, "", { NextToken: "x" }),
    "InvalidNextTokenException",
  ],
  [
    "the one trail",
    "admin",
    ({ trail }) => trail.send(new DescribeTrailsCommand({})),
    { trailList: [expect.objectContaining({ IsMultiRegionTrail: true })] },
  ],
];
