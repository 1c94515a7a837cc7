/** The tables that several parts of the forge share. A part's own tables stand in its own file. */
import { tableName } from "../../../base/tables.ts";
import type { Account, Membership, Repository } from "./model.ts";

/** By login, in lower case. */
export const ACCOUNTS = tableName<Account>("forge/accounts");
/** By `organisation/login`, in lower case. */
export const MEMBERSHIPS = tableName<Membership>("forge/memberships");
/** By `owner/name`, in lower case: names are compared without case, as GitHub does. */
export const REPOSITORIES = tableName<Repository>("forge/repositories");
