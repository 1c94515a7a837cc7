/** A refusal of the cloud, before it is put into the words of a protocol. */

export interface CloudError {
  readonly error: true;
  /** As the API names it: "NoSuchEntity". */
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

export function cloudError(code: string, message: string, status = 400): CloudError {
  return { error: true, code, message, status };
}

export function isCloudError(value: unknown): value is CloudError {
  return typeof value === "object" && value !== null && (value as { error?: unknown }).error === true;
}

/** Whether somebody was refused for who they are; everything else is a mistake in what they asked. */
export function isRefusal({ code }: Pick<CloudError, "code">): boolean {
  return REFUSALS.has(code);
}

const REFUSALS: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidIdentityToken",
  "InvalidSignatureException",
  "InvalidToken",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);
