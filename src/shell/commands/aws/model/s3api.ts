/** https://docs.aws.amazon.com/cli/latest/reference/s3api/ */
import { operation, type Operation, type Service, type Structure } from "./shape.ts";

const BUCKET = { Bucket: "string" } as const;
const OBJECT = { Bucket: "string", Key: "string" } as const;
const OWNER = { DisplayName: "string", ID: "string" } as const;

const BLOCK: Structure = {
  BlockPublicAcls: "boolean",
  IgnorePublicAcls: "boolean",
  BlockPublicPolicy: "boolean",
  RestrictPublicBuckets: "boolean",
};

const HEAD: Structure = {
  AcceptRanges: "string",
  LastModified: "timestamp",
  ContentLength: "integer",
  ETag: "string",
  ContentType: "string",
  ServerSideEncryption: "string",
};

const HEAD_NAMES = {
  AcceptRanges: "accept-ranges",
  LastModified: "last-modified",
  ContentLength: "content-length",
  ETag: "etag",
  ContentType: "content-type",
  ServerSideEncryption: "x-amz-server-side-encryption",
} as const;

function ofBucket(
  name: string,
  method: "GET" | "HEAD" | "PUT" | "DELETE",
  query: string,
  output: Structure = {},
  more: Partial<NonNullable<Operation["http"]>> & {
    readonly input?: Structure;
    readonly required?: string;
  } = {},
): Operation {
  const { input = {}, required = "", ...http } = more;
  return operation(name, { ...BUCKET, ...input }, `Bucket ${required}`.trim(), output, {
    http: { method, path: `{Bucket}${query === "" ? "" : `?${query}`}`, ...http },
  });
}

export const s3api: Service = {
  name: "s3api",
  endpoint: "s3",
  protocol: "rest-xml",
  version: "2006-03-01",
  global: true,
  operations: [
    operation(
      "ListBuckets",
      {},
      "",
      { Buckets: [{ Name: "string", CreationDate: "timestamp" }], Owner: OWNER },
      { http: { method: "GET", path: "" } },
    ),
    ofBucket(
      "CreateBucket",
      "PUT",
      "",
      { Location: "string" },
      {
        input: { CreateBucketConfiguration: { LocationConstraint: "string" } },
        headers: { Location: "location" },
        payload: ["CreateBucketConfiguration", "CreateBucketConfiguration"],
      },
    ),
    ofBucket("DeleteBucket", "DELETE", ""),
    ofBucket(
      "HeadBucket",
      "HEAD",
      "",
      { BucketRegion: "string" },
      { headers: { BucketRegion: "x-amz-bucket-region" } },
    ),
    ofBucket(
      "GetBucketLocation",
      "GET",
      "location",
      { LocationConstraint: "string" },
      { answer: ["LocationConstraint", "text"] },
    ),
    ofBucket(
      "GetPublicAccessBlock",
      "GET",
      "publicAccessBlock",
      { PublicAccessBlockConfiguration: BLOCK },
      {
        answer: ["PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration"],
      },
    ),
    ofBucket(
      "PutPublicAccessBlock",
      "PUT",
      "publicAccessBlock",
      {},
      {
        input: { PublicAccessBlockConfiguration: BLOCK },
        required: "PublicAccessBlockConfiguration",
        payload: ["PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration"],
      },
    ),
    ofBucket("DeletePublicAccessBlock", "DELETE", "publicAccessBlock"),
    ofBucket("GetBucketPolicy", "GET", "policy", { Policy: "string" }, { answer: ["Policy", "text"] }),
    ofBucket(
      "PutBucketPolicy",
      "PUT",
      "policy",
      {},
      {
        input: { Policy: "string" },
        required: "Policy",
        payload: ["Policy", "text"],
      },
    ),
    ofBucket("DeleteBucketPolicy", "DELETE", "policy"),
    ofBucket(
      "GetBucketPolicyStatus",
      "GET",
      "policyStatus",
      { PolicyStatus: { IsPublic: "boolean" } },
      {
        answer: ["PolicyStatus", "PolicyStatus"],
      },
    ),
    operation(
      "ListObjectsV2",
      {
        ...BUCKET,
        Delimiter: "string",
        MaxKeys: "integer",
        Prefix: "string",
        ContinuationToken: "string",
        StartAfter: "string",
      },
      "Bucket",
      {
        IsTruncated: "boolean",
        Contents: [
          {
            Key: "string",
            LastModified: "timestamp",
            ETag: "string",
            Size: "integer",
            StorageClass: "string",
          },
        ],
        CommonPrefixes: [{ Prefix: "string" }],
        NextContinuationToken: "string",
      },
      {
        pages: {
          lists: ["Contents", "CommonPrefixes"],
          ask: "ContinuationToken",
          found: "NextContinuationToken",
        },
        http: {
          method: "GET",
          path: "{Bucket}?list-type=2",
          query: {
            Delimiter: "delimiter",
            MaxKeys: "max-keys",
            Prefix: "prefix",
            ContinuationToken: "continuation-token",
            StartAfter: "start-after",
          },
        },
      },
    ),
    operation("HeadObject", OBJECT, "Bucket Key", HEAD, {
      http: { method: "HEAD", path: "{Bucket}/{Key}", headers: HEAD_NAMES },
    }),
    operation("GetObject", OBJECT, "Bucket Key", HEAD, {
      http: { method: "GET", path: "{Bucket}/{Key}", headers: HEAD_NAMES },
      outfile: true,
    }),
    operation(
      "PutObject",
      { ...OBJECT, Body: "file", ContentType: "string" },
      "Bucket Key",
      { ETag: "string", ServerSideEncryption: "string" },
      {
        http: {
          method: "PUT",
          path: "{Bucket}/{Key}",
          headers: {
            ContentType: "content-type",
            ETag: "etag",
            ServerSideEncryption: "x-amz-server-side-encryption",
          },
          payload: ["Body", "bytes"],
        },
      },
    ),
    operation(
      "CopyObject",
      { ...OBJECT, CopySource: "string" },
      "Bucket Key CopySource",
      { CopyObjectResult: { ETag: "string", LastModified: "timestamp" } },
      {
        http: {
          method: "PUT",
          path: "{Bucket}/{Key}",
          headers: { CopySource: "x-amz-copy-source" },
          answer: ["CopyObjectResult", "CopyObjectResult"],
        },
      },
    ),
    operation(
      "DeleteObject",
      OBJECT,
      "Bucket Key",
      {},
      { http: { method: "DELETE", path: "{Bucket}/{Key}" } },
    ),
  ],
};
