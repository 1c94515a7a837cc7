/**
 * Credentials that the recommended preset does not know, as data. Each pattern is one message id of one rule
 * (rule.ts). A named group `secret` narrows the reported range to the value itself.
 *
 * A token never matches inside a longer word; every repetition is bounded, so matching takes linear time.
 */

export interface Pattern {
  /** Message id in Secretlint's style. */
  readonly id: string;
  /** What was found, in words, for the message. */
  readonly name: string;
  /** Needs the flags g and d. */
  readonly regex: RegExp;
  /** Where the shape is documented. */
  readonly docs: string;
}

export const PATTERNS: readonly Pattern[] = [
  {
    id: "JWT",
    name: "JSON Web Token",
    regex: /(?<![\w-])eyJ[\w-]{10,1000}\.eyJ[\w-]{10,8000}\.[\w-]{20,1000}(?![\w-])/dg,
    docs: "https://www.rfc-editor.org/rfc/rfc7519",
  },
  {
    id: "GOOGLE_API_KEY",
    name: "Google API key",
    regex: /(?<![\w-])AIza[\w-]{35}(?![\w-])/dg,
    docs: "https://cloud.google.com/docs/authentication/api-keys",
  },
  {
    // 24 characters of base62. Upper case, lower case and a digit are asked for: `s.` is a common variable name.
    id: "OPENBAO_TOKEN",
    name: "OpenBao service token",
    regex:
      /(?<![\w.-])s\.(?=[A-Za-z]{0,23}\d)(?=[A-Z\d]{0,23}[a-z])(?=[a-z\d]{0,23}[A-Z])[A-Za-z\d]{24}(?![\w-])/dg,
    docs: "https://openbao.org/docs/concepts/tokens/",
  },
  {
    id: "PYPI_TOKEN",
    name: "PyPI API token",
    regex: /(?<![\w-])pypi-AgE[\w-]{50,1000}(?![\w-])/dg,
    docs: "https://pypi.org/help/#apitoken",
  },
  {
    id: "AGE_SECRET_KEY",
    name: "age secret key",
    regex: /(?<![\w-])AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}(?![\w-])/dg,
    docs: "https://age-encryption.org/v1",
  },
  {
    // The value needs a letter and a digit: "password: required" is prose, `${PASSWORD}` a reference. What begins
    // like a token is left to the rule that knows it.
    id: "PASSWORD_ASSIGNMENT",
    name: "password in an assignment",
    regex:
      /(?:PASSWORD|PASSWD|MYSQL_PWD|[Pp]assword|[Pp]asswd)["']?[ \t]{0,4}(?:=>|[:=])[ \t]{0,4}["']?(?!\w{1,20}:\/\/|(?:gh[oprsu]|github_pat|npm|dckr_pat|glpat|xox[a-z]|pypi|sk|rk)[_-]|hv[brs]\.|s\.)(?<secret>(?=[^\s"']{0,199}\d)(?=[^\s"']{0,199}[A-Za-z])[^\s"'`$<>{}()*,;&|\\]{12,200})(?![\w($])/dg,
    docs: "https://www.postgresql.org/docs/current/libpq-envars.html",
  },
];
