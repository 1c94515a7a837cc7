/** What each pattern must report (`ok` is where the value stands in) and what it must leave alone (`ng`). For tests. */

export interface PatternFixture {
  /** A value is this prefix and characters drawn from the alphabet. */
  readonly prefix: string;
  readonly alphabet: string;
  readonly length: number;
  /** Texts in which ‹value› is reported. */
  readonly ok: readonly string[];
  /** Texts in which nothing is; ‹value› may stand in them too. */
  readonly ng: readonly string[];
}

const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export const FIXTURES: Readonly<Record<string, PatternFixture>> = {
  JWT: {
    prefix: ["eyJhbGciOiJub25lIn0", "eyJzdWIiOiJ0ZXN0In0", ""].join("."),
    alphabet: `${ALPHANUMERIC}-_`,
    length: 43,
    ok: ["Bearer ‹value›", "token=‹value›", '{"t":"‹value›"}', "‹value›\n"],
    ng: ["x‹value›", "eyJ.eyJ.abc", "header.payload.signature"],
  },
  GOOGLE_API_KEY: {
    prefix: ["AI", "za"].join(""),
    alphabet: `${ALPHANUMERIC}-_`,
    length: 35,
    ok: ["key=‹value›", "https://maps.test/api?key=‹value›&q=1", "'‹value›'"],
    ng: ["x‹value›", "‹value›x", "AIza", "AIzawl bird"],
  },
  OPENBAO_TOKEN: {
    prefix: "s.",
    alphabet: ALPHANUMERIC,
    length: 24,
    ok: ["BAO_TOKEN=‹value›", "token: ‹value›", "‹value›.ns1", '"‹value›"'],
    ng: [
      "this‹value›",
      "‹value›x",
      "s.getElementsByTagNameOrders",
      "s.abcdefghijklmnopqrstuvwx",
      "s.123456789012345678901234",
    ],
  },
  PYPI_TOKEN: {
    prefix: ["pypi", "AgE"].join("-"),
    alphabet: `${ALPHANUMERIC}-_`,
    length: 120,
    ok: ["password = ‹value›", "TWINE_PASSWORD: '‹value›'"],
    ng: ["x‹value›", "pypi-AgEshort", "pypi-server"],
  },
  AGE_SECRET_KEY: {
    prefix: ["AGE", "SECRET", "KEY", "1"].join("-"),
    alphabet: "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
    length: 58,
    ok: ["# created\n‹value›\n", "key: ‹value›"],
    ng: ["‹value›Q", "X‹value›", "AGE-SECRET-KEY-1", "age1public"],
  },
  PASSWORD_ASSIGNMENT: {
    prefix: "k7",
    alphabet: ALPHANUMERIC,
    length: 18,
    ok: [
      "PGPASSWORD=‹value› psql",
      "password: ‹value›",
      '"db_password": "‹value›"',
      "MYSQL_PWD='‹value›'",
      "spring.datasource.password=‹value›",
      "Password => ‹value›",
      "DB_PASSWORD = ‹value›\n",
    ],
    ng: [
      "password: ${DB_PASSWORD_1}",
      "password: required",
      "password=$PGPASSWORD1234567",
      "password: getPassword1(options)",
      "passwordless login1234567890",
      "password: https://vault.test/secret/1234",
      "password: short1",
      "PGPASSWORD=",
      "‹value›",
    ],
  },
};
