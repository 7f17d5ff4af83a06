import { type MessagePort, workerData } from 'node:worker_threads';
import pg from 'pg';

/** The thread behind `PostgresNow`: asks one thing after the other, and rings. */
const { url, port, bell } = workerData as { url: string; port: MessagePort; bell: Int32Array };
const { INT8, NUMERIC, TIMESTAMPTZ, JSON: JSON_TEXT, BOOL } = pg.types.builtins;
const client = new pg.Client({ connectionString: url });
client.setTypeParser(INT8, Number);
client.setTypeParser(NUMERIC, Number);
client.setTypeParser(TIMESTAMPTZ, text => new Date(text).getTime());
client.setTypeParser(JSON_TEXT, text => text);
client.setTypeParser(BOOL, text => Number(text === 't'));
client.on('error', () => {}); // The database went away under it: the next question says so.
const connected = client.connect();

port.on('message', async (asked: { id: number; sql: string; values: unknown[] } | null) => {
  if (asked === null) return close();
  try {
    await connected;
    const { rows = [] } = await client.query(asked.sql, asked.values);
    port.postMessage({ id: asked.id, rows });
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    port.postMessage({ id: asked.id, error: message, code });
  }
  Atomics.store(bell, 0, 1);
  Atomics.notify(bell, 0);
});

async function close() {
  await client.end();
  port.close();
}
