/** Why a query cannot be used: it cannot be read, or a function got what it does not take. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}
