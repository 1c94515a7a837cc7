/** Buckets and objects. */
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { StorageRow } from "../storage.ts";

const B = { Bucket: "tides-data" };
const any = (type: unknown) => expect.any(type as never) as unknown;

const OPEN = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::tides-data/*" },
  ],
});
const FOREIGN = OPEN.replace("tides-data", "other");
const OFF = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

async function text(s3: S3Client, key: string, range?: string): Promise<object> {
  const answer = await s3.send(new GetObjectCommand({ ...B, Key: key, ...(range ? { Range: range } : {}) }));
  return { ...answer, text: await answer.Body?.transformToString() };
}

const put = (s3: S3Client, Key: string, Body: string) =>
  s3.send(new PutObjectCommand({ ...B, Key, Body, ContentType: "text/plain" }));

export const bucketCalls: readonly StorageRow[] = [
  ["no bucket", "admin", ({ s3 }) => s3.send(new ListBucketsCommand({})), { Owner: { ID: any(String) } }],
  [
    "a bucket",
    "admin",
    ({ s3 }) =>
      s3.send(
        new CreateBucketCommand({ ...B, CreateBucketConfiguration: { LocationConstraint: "eu-north-1" } }),
      ),
    { Location: "/tides-data" },
  ],
  ["it again", "admin", ({ s3 }) => s3.send(new CreateBucketCommand(B)), "BucketAlreadyOwnedByYou"],
  [
    "a bad name",
    "admin",
    ({ s3 }) => s3.send(new CreateBucketCommand({ Bucket: "Tides_Data" })),
    "InvalidBucketName",
  ],
  [
    "buckets",
    "admin",
    ({ s3 }) => s3.send(new ListBucketsCommand({})),
    { Buckets: [{ Name: "tides-data", CreationDate: any(Date) }] },
  ],
  ["buckets, who may not", "reader", ({ s3 }) => s3.send(new ListBucketsCommand({})), "AccessDenied"],
  [
    "buckets, with a wrong secret",
    "wrong",
    ({ s3 }) => s3.send(new ListBucketsCommand({})),
    "SignatureDoesNotMatch",
  ],
  [
    "the head of a bucket",
    "admin",
    ({ s3 }) => s3.send(new HeadBucketCommand(B)),
    { BucketRegion: "eu-north-1" },
  ],
  [
    "the head of none",
    "admin",
    ({ s3 }) => s3.send(new HeadBucketCommand({ Bucket: "nothing-here" })),
    "NotFound",
  ],
  [
    "where it is",
    "admin",
    ({ s3 }) => s3.send(new GetBucketLocationCommand(B)),
    { LocationConstraint: "eu-north-1" },
  ],
  [
    "an object",
    "admin",
    ({ s3 }) => put(s3, "shared/a b+c.txt", "hello"),
    { ETag: '"5d41402abc4b2a76b9719d911017c592"' },
  ],
  ["another", "admin", ({ s3 }) => put(s3, "private/x.txt", "secret"), { ETag: any(String) }],
  [
    "one in no bucket",
    "admin",
    ({ s3 }) => s3.send(new PutObjectCommand({ Bucket: "nothing-here", Key: "k", Body: "x" })),
    "NoSuchBucket",
  ],
  ["one, who may not", "reader", ({ s3 }) => put(s3, "shared/y", "y"), "AccessDenied"],
  [
    "its text",
    "admin",
    ({ s3 }) => text(s3, "shared/a b+c.txt"),
    { text: "hello", ContentType: "text/plain", ContentLength: 5, LastModified: any(Date) },
  ],
  [
    "a part of it",
    "admin",
    ({ s3 }) => text(s3, "shared/a b+c.txt", "bytes=1-2"),
    { text: "el", ContentRange: "bytes 1-2/5" },
  ],
  ["beyond it", "admin", ({ s3 }) => text(s3, "shared/a b+c.txt", "bytes=9-"), "InvalidRange"],
  ["what one may read", "reader", ({ s3 }) => text(s3, "shared/a b+c.txt"), { text: "hello" }],
  ["what one may not read", "reader", ({ s3 }) => text(s3, "private/x.txt"), "AccessDenied"],
  [
    "whether something is there, who may not list",
    "reader",
    ({ s3 }) => text(s3, "shared/nothing"),
    "AccessDenied",
  ],
  ["what is not there", "admin", ({ s3 }) => text(s3, "nothing"), "NoSuchKey"],
  [
    "a head",
    "admin",
    ({ s3 }) => s3.send(new HeadObjectCommand({ ...B, Key: "private/x.txt" })),
    { ContentLength: 6, ServerSideEncryption: "AES256" },
  ],
  [
    "the head of nothing",
    "admin",
    ({ s3 }) => s3.send(new HeadObjectCommand({ ...B, Key: "nothing" })),
    "NotFound",
  ],
  [
    "a listing",
    "admin",
    ({ s3 }) => s3.send(new ListObjectsV2Command(B)),
    {
      KeyCount: 2,
      IsTruncated: false,
      Contents: [
        { Key: "private/x.txt", Size: 6 },
        { Key: "shared/a b+c.txt", Size: 5 },
      ],
    },
  ],
  [
    "folders",
    "admin",
    ({ s3 }) => s3.send(new ListObjectsV2Command({ ...B, Delimiter: "/" })),
    { CommonPrefixes: [{ Prefix: "private/" }, { Prefix: "shared/" }], KeyCount: 2 },
  ],
  [
    "a page",
    "admin",
    ({ s3 }) => s3.send(new ListObjectsV2Command({ ...B, MaxKeys: 1 })),
    { IsTruncated: true, NextContinuationToken: any(String), Contents: [{ Key: "private/x.txt" }] },
  ],
  [
    "the next",
    "admin",
    async ({ s3 }) => {
      const { NextContinuationToken } = await s3.send(new ListObjectsV2Command({ ...B, MaxKeys: 1 }));
      return s3.send(new ListObjectsV2Command({ ...B, ContinuationToken: NextContinuationToken }));
    },
    { IsTruncated: false, Contents: [{ Key: "shared/a b+c.txt" }] },
  ],
  [
    "a listing of the first kind",
    "admin",
    ({ s3 }) => s3.send(new ListObjectsCommand({ ...B, Prefix: "shared/" })),
    { Contents: [{ Key: "shared/a b+c.txt" }] },
  ],
  [
    "a listing that a condition allows",
    "reader",
    ({ s3 }) => s3.send(new ListObjectsV2Command({ ...B, Prefix: "shared/a" })),
    { KeyCount: 1 },
  ],
  ["a listing that it does not", "reader", ({ s3 }) => s3.send(new ListObjectsV2Command(B)), "AccessDenied"],
  [
    "a copy",
    "admin",
    ({ s3 }) => s3.send(new CopyObjectCommand({ ...B, Key: "copy", CopySource: "tides-data/private/x.txt" })),
    { CopyObjectResult: { ETag: any(String), LastModified: any(Date) } },
  ],
  [
    "a copy of nothing",
    "admin",
    ({ s3 }) => s3.send(new CopyObjectCommand({ ...B, Key: "copy", CopySource: "tides-data/none" })),
    "NoSuchKey",
  ],
  [
    "what blocks public access",
    "admin",
    ({ s3 }) => s3.send(new GetPublicAccessBlockCommand(B)),
    { PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true } },
  ],
  [
    "a public policy that is blocked",
    "admin",
    ({ s3 }) => s3.send(new PutBucketPolicyCommand({ ...B, Policy: OPEN })),
    "AccessDenied",
  ],
  ["no policy", "admin", ({ s3 }) => s3.send(new GetBucketPolicyCommand(B)), "NoSuchBucketPolicy"],
  [
    "a policy that is no JSON",
    "admin",
    ({ s3 }) => s3.send(new PutBucketPolicyCommand({ ...B, Policy: "{" })),
    "MalformedPolicy",
  ],
  [
    "a policy of another bucket",
    "admin",
    ({ s3 }) => s3.send(new PutBucketPolicyCommand({ ...B, Policy: FOREIGN })),
    "MalformedPolicy",
  ],
  ["a stranger", "nobody", ({ s3 }) => text(s3, "private/x.txt"), "AccessDenied"],
  [
    "public access",
    "admin",
    ({ s3 }) => s3.send(new PutPublicAccessBlockCommand({ ...B, PublicAccessBlockConfiguration: OFF })),
    {},
  ],
  ["a public policy", "admin", ({ s3 }) => s3.send(new PutBucketPolicyCommand({ ...B, Policy: OPEN })), {}],
  [
    "that it is public",
    "admin",
    ({ s3 }) => s3.send(new GetBucketPolicyStatusCommand(B)),
    { PolicyStatus: { IsPublic: true } },
  ],
  [
    "the policy as it was written",
    "admin",
    ({ s3 }) => s3.send(new GetBucketPolicyCommand(B)),
    { Policy: OPEN },
  ],
  ["a stranger now", "nobody", ({ s3 }) => text(s3, "private/x.txt"), { text: "secret" }],
  ["a stranger who lists", "nobody", ({ s3 }) => s3.send(new ListObjectsV2Command(B)), "AccessDenied"],
  [
    "public buckets restricted again",
    "admin",
    ({ s3 }) =>
      s3.send(
        new PutPublicAccessBlockCommand({
          ...B,
          PublicAccessBlockConfiguration: { ...OFF, RestrictPublicBuckets: true },
        }),
      ),
    {},
  ],
  ["a stranger again", "nobody", ({ s3 }) => text(s3, "private/x.txt"), "AccessDenied"],
  ["no policy any more", "admin", ({ s3 }) => s3.send(new DeleteBucketPolicyCommand(B)), {}],
  ["nothing that blocks", "admin", ({ s3 }) => s3.send(new DeletePublicAccessBlockCommand(B)), {}],
  [
    "what blocks, where nothing does",
    "admin",
    ({ s3 }) => s3.send(new GetPublicAccessBlockCommand(B)),
    "NoSuchPublicAccessBlockConfiguration",
  ],
  ["what is not simulated", "admin", ({ s3 }) => s3.send(new GetBucketAclCommand(B)), "NotImplemented"],
  ["a full bucket deleted", "admin", ({ s3 }) => s3.send(new DeleteBucketCommand(B)), "BucketNotEmpty"],
  ["an object deleted", "admin", ({ s3 }) => s3.send(new DeleteObjectCommand({ ...B, Key: "copy" })), {}],
  ["one that is gone", "admin", ({ s3 }) => s3.send(new DeleteObjectCommand({ ...B, Key: "copy" })), {}],
  [
    "many deleted",
    "admin",
    ({ s3 }) =>
      s3.send(
        new DeleteObjectsCommand({
          ...B,
          Delete: { Objects: [{ Key: "private/x.txt" }, { Key: "shared/a b+c.txt" }] },
        }),
      ),
    { Deleted: [{ Key: "private/x.txt" }, { Key: "shared/a b+c.txt" }] },
  ],
  ["an empty bucket deleted", "admin", ({ s3 }) => s3.send(new DeleteBucketCommand(B)), {}],
  ["it is gone", "admin", ({ s3 }) => s3.send(new ListObjectsV2Command(B)), "NoSuchBucket"],
];
