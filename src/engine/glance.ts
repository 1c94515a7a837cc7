/**
 * A quick look before the slow one: is there anything in a text that a rule could find? Each rule of the canonical
 * configuration asks for one of these marks in all that it finds, so a text without any has no findings, and Secretlint
 * need not look at it, nor be loaded. The marks were read off the rules of @secretlint/secretlint-rule-preset-recommend
 * 13.0.7; a test holds version, rules and samples together.
 */
import { PATTERN_RULE_ID } from "./patterns/rule.ts";

const RULE = "@secretlint/secretlint-rule-";

/** By rule. Where a rule ignores case, so do its marks. */
export const MARKS: Readonly<Record<string, RegExp>> = {
  // Ids of keys and accounts are off (config.ts).
  [`${RULE}aws`]: /[Aa](?:CCESS|ccess)_?[Kk](?:EY|ey)["']?\s*[:=]/,
  // A file of JSON, which may write any character as an escape.
  [`${RULE}gcp`]: /private_key|\\u/,
  [`${RULE}privatekey`]: /PRIVATE KEY/,
  [`${RULE}npm`]: /:x-oauth-basic@|_authToken=|npm_[A-Za-z0-9_]{8}/,
  [`${RULE}slack`]: /xox[abopr]-|xapp-|hooks\.slack\.com/i,
  [`${RULE}basicauth`]: /:\/\/[-a-zA-Z0-9_]{1,256}:[-a-zA-Z0-9_]/,
  [`${RULE}openai`]: /T3BlbkFJ/,
  [`${RULE}anthropic`]: /sk-ant-api0/,
  [`${RULE}groq`]: /gsk_[a-zA-Z0-9]{8}/,
  [`${RULE}huggingface`]: /hf_[a-zA-Z]{8}/,
  [`${RULE}linear`]: /lin_api_/,
  [`${RULE}notion`]: /ntn_[0-9]{11}/,
  [`${RULE}sendgrid`]: /SG\.\w{1,128}\.\w/,
  [`${RULE}shopify`]: /shp(?:pa|ca|at|ss)_/,
  [`${RULE}stripe`]: /[sr]k_(?:live|test)_/,
  [`${RULE}github`]: /gh[pousr]_[A-Za-z0-9_]|github_pat_/,
  [`${RULE}gitlab`]: /glpat-/,
  [`${RULE}grafana`]: /glc_[A-Za-z0-9+/]{8}|glsa_[A-Za-z0-9]{8}/,
  [`${RULE}1password`]: /ops_ey/,
  [`${RULE}database-connection-string`]: /(?:mongodb(?:\+srv)?|mysqlx?|postgres(?:ql)?):\/\//i,
  [`${RULE}hashicorp-vault`]: /hv[sbr]\.[A-Za-z0-9_-]{8}/,
  [`${RULE}vercel`]: /vc[piark]_[A-Za-z0-9]{8}/,
  [`${RULE}databricks`]: /dapi[A-Fa-f0-9]{8}/,
  [`${RULE}docker`]: /dckr_pat_/,
  [`${RULE}figma`]: /figd_/,
  [`${RULE}cloudflare`]: /cf(?:k|ut|at)_[A-Za-z0-9]{8}/,
  [`${RULE}tailscale`]: /tskey-/,
  [PATTERN_RULE_ID]:
    /eyJ[\w-]{10}|AIza[\w-]{8}|s\.[A-Za-z\d]{24}|pypi-AgE|AGE-SECRET-KEY-1|(?:PASSWORD|PASSWD|MYSQL_PWD|[Pp]assword|[Pp]asswd)["']?[ \t]{0,4}[:=]/,
};

const marks = Object.values(MARKS);

/** False where no rule of the canonical configuration can find anything. */
export function worthScanning(text: string): boolean {
  return marks.some((mark) => mark.test(text));
}
