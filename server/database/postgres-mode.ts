import pg from 'pg';

const NO_SUCH_DATABASE = '3D000';

/** What this database was first started as; undefined where there is none yet. */
export async function readModeOf(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rows: tables } = await client.query(`select to_regclass('remembered') as name`);
    if (tables[0]?.name === null) return undefined;
    const { rows } = await client.query<{ value: string }>(`select value from remembered where name = 'mode'`);
    return rows[0]?.value;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NO_SUCH_DATABASE) return undefined; // It will be made.
    throw error;
  } finally {
    await client.end();
  }
}
