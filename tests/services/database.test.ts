/** psql against the servers of the world: what is printed, who gets in, and what a changed password does. */
import { describe, expect, test } from "vitest";
import type { World } from "../../src/world/world.ts";
import { emptyWorld, MINUTE, plant, sh } from "./bench.ts";

const HOST = "db.production.lantern-tides.test";

function setting(): { world: World; url: string; admin: string } {
  const world = emptyWorld();
  const app = plant(world, {
    id: "prodDb",
    issuer: "database",
    owner: "priya",
    grants: { host: HOST, role: "tides_app", database: "tides" },
  });
  const root = plant(world, {
    id: "prodAdmin",
    issuer: "database",
    owner: "priya",
    grants: { host: HOST, role: "postgres", database: "tides", superuser: true },
  });
  const url = (role: string, password: string) => `postgres://${role}:${password}@${HOST}:5432/tides`;
  return { world, url: url("tides_app", app.value), admin: url("postgres", root.value) };
}

const wrong = `postgres://tides_app:${"x".repeat(9)}@${HOST}/tides`;

describe("what psql prints", () => {
  const cases: readonly (readonly [line: string, stdout: string, stderr: string, exit: number])[] = [
    ["psql $URL -Atc 'select 1'", "1\n", "", 0],
    ["psql $URL -c 'select 1'", " ?column? \n----------\n        1\n(1 row)\n\n", "", 0],
    ["psql $URL -Atc 'select current_user, current_database()'", "tides_app|tides\n", "", 0],
    ["psql $URL -tc 'select 1 as one'", "   1\n\n", "", 0],
    ["psql $URL -Atc \"select 'a' = 'a', null is null\"", "t|t\n", "", 0],
    ["psql $URL -c 'create table t (id serial, name text)'", "CREATE TABLE\n", "", 0],
    [
      "psql $URL -qAt -c 'create table t (id serial primary key, n text not null)' -c \"insert into t (n) values ('a'), ('b')\" -c 'select * from t order by id desc'",
      "2|b\n1|a\n",
      "",
      0,
    ],
    ["echo 'select 2; select 3' | psql $URL -At", "2\n3\n", "", 0],
    [
      "psql $URL -c 'select * from nothing'",
      "",
      'ERROR:  relation "nothing" does not exist\nLINE 1: select * from nothing\n                      ^\n',
      1,
    ],
    [
      "psql $URL -c 'selec 1'",
      "",
      'ERROR:  syntax error at or near "selec"\nLINE 1: selec 1\n        ^\n',
      1,
    ],
    [
      "psql $URL -c 'select __proto__'",
      "",
      'ERROR:  column "__proto__" does not exist\nLINE 1: select __proto__\n               ^\n',
      1,
    ],
    ["psql $URL -c 'rollback'", "", "ERROR:  ROLLBACK is not simulated in LeakLab\n", 1],
    [
      "psql $URL -c \"alter role postgres with password 'x'\"",
      "",
      "ERROR:  permission denied to alter role\nDETAIL:  Only roles with the SUPERUSER attribute may alter roles.\n",
      1,
    ],
    [
      "psql $WRONG -c 'select 1'",
      "",
      `psql: error: connection to server at "${HOST}" (203.0.113.50), port 5432 failed: FATAL:  password authentication failed for user "tides_app"\n`,
      2,
    ],
    [
      "psql -h db.staging.lantern-tides.test -U x -d y -c 'select 1'",
      "",
      'psql: error: could not translate host name "db.staging.lantern-tides.test" to address: Name or service not known\n',
      2,
    ],
    [
      `psql -h ${HOST} -U tides_app tides -c 'select 1'`,
      "",
      `psql: error: connection to server at "${HOST}" (203.0.113.50), port 5432 failed: fe_sendauth: no password supplied\n`,
      2,
    ],
    [
      "psql $URL -c '\\conninfo'",
      `You are connected to database "tides" as user "tides_app" on host "${HOST}" (address "203.0.113.50") at port "5432".\n`,
      "",
      0,
    ],
    [
      "psql --nonsense",
      "",
      "psql: unrecognized option '--nonsense'\npsql: hint: Try \"psql --help\" for more information.\n",
      1,
    ],
  ];
  test.each(cases)("%s", async (line, stdout, stderr, exitCode) => {
    const { world, url } = setting();
    expect(await sh(world, `URL=${url}; WRONG=${wrong}; ${line}`)).toEqual({ stdout, stderr, exitCode });
  });

  test("\\du lists roles as PostgreSQL does", async () => {
    const { world, admin } = setting();
    const { stdout } = await sh(world, `psql ${admin} -c '\\du'`);
    expect(stdout).toBe(
      [
        "     List of roles",
        " Role name | Attributes ",
        "-----------+------------",
        " postgres  | Superuser",
        " tides_app | ",
        "",
        "",
      ].join("\n"),
    );
  });
});

test("PGPASSWORD, PGHOST, PGUSER and ~/.pgpass are read; a readable ~/.pgpass is not", async () => {
  const { world, url } = setting();
  const password = /:([^:@]+)@/.exec(url)?.[1];
  const env = `PGHOST=${HOST} PGUSER=tides_app PGDATABASE=tides`;
  expect((await sh(world, `${env} PGPASSWORD=${password} psql -Atc 'select 1'`)).stdout).toBe("1\n");
  await sh(world, `printf '%s:*:*:tides_app:%s\\n' ${HOST} ${password} > ~/.pgpass; chmod 600 ~/.pgpass`);
  expect((await sh(world, `${env} psql -Atc 'select 1'`)).stdout).toBe("1\n");
  await sh(world, "chmod 644 ~/.pgpass");
  expect((await sh(world, `${env} psql -Atc 'select 1'`)).stderr).toContain("no password supplied");
});

describe("a changed password", () => {
  test("is the only one that works, and is a credential of the same scope", async () => {
    const { world, url, admin } = setting();
    const next = "n3w-and-long-enough-to-be-good";
    const { stdout } = await sh(world, `psql ${admin} -c "alter role tides_app with password '${next}'"`);
    expect(stdout).toBe("ALTER ROLE\n");
    expect(world.credentials.get("prodDb")?.status).toBe("revoked");
    expect(world.credentials.find("database", next)).toMatchObject({
      status: "active",
      owner: "priya",
      planted: false,
      grants: { host: HOST, role: "tides_app", database: "tides" },
    });
    expect((await sh(world, `psql ${url} -c 'select 1'`)).exitCode).toBe(2);
    expect((await sh(world, `psql postgres://tides_app:${next}@${HOST}/tides -Atc 'select 1'`)).stdout).toBe(
      "1\n",
    );
    expect(world.credentials.get("prodDb")?.uses.at(-1)).toMatchObject({
      action: "connect",
      result: "denied",
    });
    expect(world.audit.all().map(({ service, action, result }) => `${service} ${action} ${result}`)).toEqual([
      "database connection.open allowed",
      "database role.password allowed",
      "database connection.open denied",
      "database connection.open allowed",
    ]);
    expect(JSON.stringify(world.audit.all())).not.toContain(next);
  });

  test("nologin bars a role, login lets it in again", async () => {
    const { world, url, admin } = setting();
    await sh(world, `psql ${admin} -c 'alter role tides_app nologin'`);
    expect((await sh(world, `psql ${url} -c 'select 1'`)).stderr).toContain(
      'role "tides_app" is not permitted to log in',
    );
    await sh(world, `psql ${admin} -c 'alter role tides_app login'`);
    expect((await sh(world, `psql ${url} -Atc 'select 1'`)).stdout).toBe("1\n");
  });

  test("valid until ends it", async () => {
    const { world, url, admin } = setting();
    await sh(world, `psql ${admin} -c "alter role tides_app valid until '2026-03-03 09:10:00'"`);
    expect((await sh(world, `psql ${url} -Atc 'select 1'`)).exitCode).toBe(0);
    await world.advance(11 * MINUTE);
    expect((await sh(world, `psql ${url} -Atc 'select 1'`)).exitCode).toBe(2);
  });

  test("a role can be made and dropped", async () => {
    const { world, admin } = setting();
    const second = ["second", "word", 9876].join("-");
    await sh(world, `psql ${admin} -c "create role r2 login password '${second}'"`);
    const url = `postgres://r2:${second}@${HOST}/tides`;
    expect((await sh(world, `psql ${url} -Atc 'select current_user'`)).stdout).toBe("r2\n");
    expect((await sh(world, `psql ${admin} -c 'drop role r2'`)).stdout).toBe("DROP ROLE\n");
    expect((await sh(world, `psql ${url} -Atc 'select 1'`)).exitCode).toBe(2);
  });
});

test("an open session is seen, and ends when somebody ends it", async () => {
  const { world, url, admin } = setting();
  const answers = ["select 1;", `\\q`];
  const { stdout } = await sh(world, `psql ${url}`, { answers });
  expect(stdout).toContain("tides=> ");
  const started = await sh(
    world,
    `psql ${admin} -At -c "select usename, state from pg_stat_activity" -c "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'postgres'" -c 'select 1'`,
  );
  expect(started.stdout).toBe("postgres|active\nt\n");
  expect(started.stderr).toContain("terminating connection due to administrator command");
  expect(started.exitCode).toBe(2);
});

test("a fork shares nothing", async () => {
  const { world, url, admin } = setting();
  const before = world.digest();
  const fork = world.fork();
  await sh(fork, `psql ${admin} -c "alter role tides_app password 'another-password-123'"`);
  expect(world.digest()).toBe(before);
  expect((await sh(world, `psql ${url} -Atc 'select 1'`)).stdout).toBe("1\n");
});

describe("privileges", () => {
  test.each([
    ["grant select on all tables in schema public to reader", ["select"]],
    ["grant select, insert on stations to reader", ["select", "insert"]],
    ["grant all privileges on public.stations to reader", ["select", "insert", "update", "delete"]],
    ["grant select on other to reader", []],
    ["grant usage on schema public to reader", ["select", "insert", "update", "delete"]],
    ["revoke delete, update on all tables in schema public from reader", ["select", "insert"]],
  ])("%s", async (statement, allowed) => {
    const { world, admin } = setting();
    await sh(
      world,
      `psql '${admin}' -c "create table stations (name text)" -c "create role reader login password 'x'" -c "${statement}"`,
    );
    const statements = {
      select: "select * from stations",
      insert: "insert into stations values ('Vik')",
      update: "update stations set name = 'Vik'",
      delete: "delete from stations",
    };
    const may: string[] = [];
    for (const [name, text] of Object.entries(statements)) {
      const { stderr } = await sh(world, `psql 'postgres://reader:x@${HOST}/tides' -c "${text}"`);
      if (stderr === "") may.push(name);
      else expect(stderr).toBe("ERROR:  permission denied for table stations\n");
    }
    expect(may).toEqual(allowed);
  });

  test.each([
    ["grant select on stations to nobody", 'role "nobody" does not exist'],
    ["grant flying on stations to tides_app", 'unrecognized privilege type "flying"'],
    ["grant tides_app to postgres", "GRANT of roles is not simulated in LeakLab"],
  ])("%s is refused", async (statement, problem) => {
    const { world, admin } = setting();
    expect((await sh(world, `psql '${admin}' -c "${statement}"`)).stderr).toContain(problem);
  });
});
