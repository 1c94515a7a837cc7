/** Operations on buckets. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
import { toUtf8 } from "../../../../base/bytes.ts";
import { cloudError, type CloudError } from "../error.ts";
import { accountId } from "../account.ts";
import type { Principal } from "../model.ts";
import { policyProblem } from "../policy/document.ts";
import type { Elements, Good } from "./answer.ts";
import { objectsOf } from "./objects.ts";
import { bucketNamed, type S3Operation } from "./operation.ts";
import { isPublic } from "./public.ts";
import type { S3Request } from "./request.ts";
import { BUCKETS, type Bucket, type PublicAccessBlock } from "./resource.ts";

const BLOCKS = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;
/** So are new buckets since April 2023. */
const BLOCKED: PublicAccessBlock = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const NAME =
  /^(?!xn--|sthree-|.*(?:\.\.|-s3alias$|--ol-s3$))(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const MOST_POLICY = 20 * 1024;

export const bucketOperations: readonly S3Operation[] = [
  {
    name: "ListBuckets",
    method: "GET",
    of: "service",
    part: "",
    action: "ListAllMyBuckets",
    readOnly: true,
    run: list,
  },
  {
    name: "CreateBucket",
    method: "PUT",
    of: "bucket",
    part: "",
    action: "CreateBucket",
    readOnly: false,
    makes: true,
    run: create,
  },
  {
    name: "DeleteBucket",
    method: "DELETE",
    of: "bucket",
    part: "",
    action: "DeleteBucket",
    readOnly: false,
    run: remove,
  },
  {
    name: "HeadBucket",
    method: "HEAD",
    of: "bucket",
    part: "",
    action: "ListBucket",
    readOnly: true,
    run: head,
  },
  {
    name: "GetBucketLocation",
    method: "GET",
    of: "bucket",
    part: "location",
    action: "GetBucketLocation",
    readOnly: true,
    run: location,
  },
  {
    name: "GetBucketPublicAccessBlock",
    method: "GET",
    of: "bucket",
    part: "publicAccessBlock",
    action: "GetBucketPublicAccessBlock",
    readOnly: true,
    run: getBlock,
  },
  {
    name: "PutBucketPublicAccessBlock",
    method: "PUT",
    of: "bucket",
    part: "publicAccessBlock",
    action: "PutBucketPublicAccessBlock",
    readOnly: false,
    run: putBlock,
  },
  {
    name: "DeleteBucketPublicAccessBlock",
    method: "DELETE",
    of: "bucket",
    part: "publicAccessBlock",
    action: "PutBucketPublicAccessBlock",
    readOnly: false,
    run: (it, _, bucket) => change(it, bucket, { block: null }, 204),
  },
  {
    name: "GetBucketPolicy",
    method: "GET",
    of: "bucket",
    part: "policy",
    action: "GetBucketPolicy",
    readOnly: true,
    run: getPolicy,
  },
  {
    name: "PutBucketPolicy",
    method: "PUT",
    of: "bucket",
    part: "policy",
    action: "PutBucketPolicy",
    readOnly: false,
    run: putPolicy,
  },
  {
    name: "DeleteBucketPolicy",
    method: "DELETE",
    of: "bucket",
    part: "policy",
    action: "DeleteBucketPolicy",
    readOnly: false,
    run: (it, _, bucket) => change(it, bucket, { policy: null }, 204),
  },
  {
    name: "GetBucketPolicyStatus",
    method: "GET",
    of: "bucket",
    part: "policyStatus",
    action: "GetBucketPolicyStatus",
    readOnly: true,
    run: policyStatus,
  },
];

function list({ call }: S3Request): Good {
  const buckets = call.ports.tables
    .of(BUCKETS)
    .all()
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows: Elements = buckets.map(({ name, createdAtMs }) => [
    "Bucket",
    [
      ["Name", name],
      ["CreationDate", iso(createdAtMs)],
    ],
  ]);
  const owner: Elements = [["ID", accountId(call.ports).padStart(64, "0")]];
  return {
    body: {
      root: "ListAllMyBucketsResult",
      content: [
        ["Owner", owner],
        ["Buckets", rows],
      ],
    },
  };
}

function create({ call, bucket: name, body }: S3Request, caller: Principal): Good | CloudError {
  if (!NAME.test(name)) return cloudError("InvalidBucketName", "The specified bucket is not valid.", 400);
  if (bucketNamed(call.ports, name))
    return cloudError(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
      409,
    );
  const region =
    /<LocationConstraint>([a-z0-9-]+)<\/LocationConstraint>/.exec(toUtf8(body))?.[1] ?? "us-east-1";
  call.ports.tables.of(BUCKETS).set(name, {
    name,
    createdAtMs: call.ports.now(),
    region,
    createdBy: caller.kind === "anonymous" ? "" : caller.arn,
    policy: null,
    block: BLOCKED,
  });
  return { headers: { Location: `/${name}` } };
}

function remove({ call, bucket }: S3Request): Good | CloudError {
  if (objectsOf(call.ports, bucket).length > 0)
    return cloudError("BucketNotEmpty", "The bucket you tried to delete is not empty", 409);
  call.ports.tables.of(BUCKETS).delete(bucket);
  return { status: 204 };
}

function head(_: S3Request, __: Principal, { region }: Bucket): Good {
  return { headers: { "x-amz-bucket-region": region } };
}

/** Buckets of the oldest region have no word for it. */
function location(_: S3Request, __: Principal, { region }: Bucket): Good {
  return { body: { root: "LocationConstraint", content: region === "us-east-1" ? "" : region } };
}

function getBlock(_: S3Request, __: Principal, { block }: Bucket): Good | CloudError {
  if (!block)
    return cloudError(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found",
      404,
    );
  const content = BLOCKS.map((name) => [name, block[name]] as const);
  return { body: { root: "PublicAccessBlockConfiguration", content } };
}

/** What is not said is off. */
function putBlock(request: S3Request, _: Principal, bucket: Bucket): Good | CloudError {
  const text = toUtf8(request.body);
  if (!/<PublicAccessBlockConfiguration[\s>/]/.test(text)) return MALFORMED_XML;
  const said = BLOCKS.map((name) => [name, new RegExp(`<${name}>\\s*true\\s*</${name}>`, "i").test(text)]);
  return change(request, bucket, { block: Object.fromEntries(said) as unknown as PublicAccessBlock }, 200);
}

const MALFORMED_XML = cloudError(
  "MalformedXML",
  "The XML you provided was not well-formed or did not validate against our published schema",
  400,
);

function getPolicy(_: S3Request, __: Principal, { policy }: Bucket): Good | CloudError {
  if (policy === null) return cloudError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
  return { headers: { "Content-Type": "application/json" }, body: policy };
}

function putPolicy(request: S3Request, caller: Principal, bucket: Bucket): Good | CloudError {
  const policy = toUtf8(request.body);
  const problem = policyProblem(policy, "resource") ?? foreign(policy, bucket.name);
  if (problem !== null || policy.length > MOST_POLICY)
    return cloudError("MalformedPolicy", problem ?? "Policy exceeds the maximum allowed document size.", 400);
  if (bucket.block?.BlockPublicPolicy && isPublic(policy))
    return cloudError(
      "AccessDenied",
      `User: ${caller.kind === "anonymous" ? "anonymous" : caller.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      403,
    );
  return change(request, bucket, { policy }, 204);
}

/** A bucket's policy speaks of that bucket alone. */
function foreign(policy: string, name: string): string | null {
  const own = new RegExp(`"arn:aws:s3:::${name.replaceAll(".", "\\.")}(?:/[^"]*|\\*)?"|"\\*"`);
  const resources = (JSON.parse(policy) as { Statement: unknown }).Statement;
  const rows = (Array.isArray(resources) ? resources : [resources]) as Readonly<Record<string, unknown>>[];
  const named = rows.flatMap((row) => [row["Resource"] ?? row["NotResource"] ?? []].flat() as unknown[]);
  return named.every((it) => own.test(JSON.stringify(it))) ? null : "Policy has invalid resource";
}

function policyStatus(_: S3Request, __: Principal, { policy, block }: Bucket): Good | CloudError {
  if (policy === null) return cloudError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
  const open = isPublic(policy) && !block?.RestrictPublicBuckets;
  return { body: { root: "PolicyStatus", content: [["IsPublic", open]] } };
}

function change({ call }: S3Request, { name }: Bucket, fields: Partial<Bucket>, status: number): Good {
  call.ports.tables.of(BUCKETS).change(name, fields);
  return { status };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
