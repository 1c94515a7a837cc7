/** The codes of a failed authentication in the two protocols that most services speak. S3 has its own. */
import { cloudError, type CloudError } from "./error.ts";
import type { AuthenticationFailure, FailureReason } from "./authenticate.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
const QUERY: Readonly<Record<FailureReason, readonly [code: string, status: number]>> = {
  "unknown-key": ["InvalidClientTokenId", 403],
  "inactive-key": ["InvalidClientTokenId", 403],
  "wrong-signature": ["SignatureDoesNotMatch", 403],
  incomplete: ["IncompleteSignature", 400],
  "expired-token": ["ExpiredToken", 403],
  "bad-token": ["InvalidClientTokenId", 403],
  skewed: ["SignatureDoesNotMatch", 403],
};

const JSON_1_1: Readonly<Record<FailureReason, string>> = {
  "unknown-key": "UnrecognizedClientException",
  "inactive-key": "UnrecognizedClientException",
  "wrong-signature": "InvalidSignatureException",
  incomplete: "IncompleteSignatureException",
  "expired-token": "ExpiredTokenException",
  "bad-token": "UnrecognizedClientException",
  skewed: "InvalidSignatureException",
};

export function queryFailure({ reason, message }: AuthenticationFailure): CloudError {
  const [code, status] = QUERY[reason];
  return cloudError(code, message, status);
}

export function jsonFailure({ reason, message }: AuthenticationFailure): CloudError {
  return cloudError(JSON_1_1[reason], message, 400);
}

export function unsignedQuery(): CloudError {
  return cloudError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
}

export function unsignedJson(): CloudError {
  return cloudError("MissingAuthenticationTokenException", "Missing Authentication Token", 400);
}
