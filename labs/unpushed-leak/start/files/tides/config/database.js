import pg from "pg";

// Read once, at start. See CONTRIBUTING.md.
const url = process.env.DATABASE_URL;

export const pool = new pg.Pool({
  connectionString: url,
  max: 8,
});
