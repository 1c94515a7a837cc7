/** S3: REST with XML, path style and `BUCKET.s3.…`. https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html */
import type { CloudAnswer, ServeCloud } from "../call.ts";
import { cloudError, isCloudError, type CloudError } from "../error.ts";
import type { CloudEvent, Principal } from "../model.ts";
import { answered, refused, s3Failure, type Good } from "./answer.ts";
import { bucketOperations } from "./buckets.ts";
import { objectOperations } from "./objectOperations.ts";
import { arnOf, bucketNamed, denied, NO_BUCKET, type S3Operation } from "./operation.ts";
import { readRequest, type S3Request } from "./request.ts";

const OPERATIONS: readonly S3Operation[] = [...bucketOperations, ...objectOperations];

export const serveS3: ServeCloud = async (call) => {
  const request = readRequest(call);
  const operation = operationOf(request);
  if (!operation) return absent(request);
  const event = eventOf(request, operation);
  const { caller } = call;
  const result = caller.kind === "failure" ? s3Failure(caller) : run(request, operation, caller);
  return isCloudError(result) ? refused(request, event, result) : answered(request, event, result);
};

function operationOf({ call, bucket, key, part }: S3Request): S3Operation | undefined {
  const of = bucket === "" ? "service" : key === "" ? "bucket" : "object";
  return OPERATIONS.find((it) => it.method === call.method && it.of === of && it.part === part);
}

function run(request: S3Request, operation: S3Operation, caller: Principal): Good | CloudError {
  const { bucket, call } = request;
  const record = bucketNamed(call.ports, bucket);
  if (!record && operation.of !== "service" && !operation.makes) return NO_BUCKET;
  // Each key of a list that is to be deleted is asked for on its own.
  const problem =
    operation.name === "DeleteObjects" ? null : denied(request, caller, operation.action, record);
  if (problem) return problem;
  return operation.run(request, caller, record ?? NOWHERE);
}

/** Stands for the bucket of operations that need none. */
const NOWHERE = { name: "", createdAtMs: 0, region: "", createdBy: "", policy: null, block: null };

function eventOf(request: S3Request, { name, readOnly, data, of }: S3Operation): CloudEvent {
  const { bucket, key, call } = request;
  const copied = name === "PutObject" && call.headers.has("x-amz-copy-source");
  const object = { type: "AWS::S3::Object", name: arnOf(request) };
  const whole = { type: "AWS::S3::Bucket", name: arnOf({ bucket, key: "" }) };
  return {
    name: copied ? "CopyObject" : name,
    readOnly,
    management: data !== true,
    parameters: {
      ...(bucket === "" ? {} : { bucketName: bucket }),
      Host: call.url.host,
      ...(key === "" ? {} : { key: key.slice(0, 300) }),
    },
    resources: of === "service" ? [] : of === "object" ? [object, whole] : [whole],
  };
}

function absent(request: S3Request): CloudAnswer {
  const { call, part } = request;
  const what = `${call.method}${part === "" ? "" : ` ?${part.slice(0, 40)}`}`;
  const event = { name: "Unknown", readOnly: call.method === "GET", parameters: {} };
  return refused(request, event, cloudError("NotImplemented", `s3 ${what}: not simulated in LeakLab`, 501));
}
