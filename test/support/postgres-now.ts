import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';

const PATIENCE_MS = 30_000;
const MOMENT_MS = 50;

type Row = Record<string, unknown>;
type Answer = { id: number } & ({ rows: Row[] } | { error: string; code: string | undefined });

/**
 * Asks PostgreSQL and waits for the answer with the whole process, as one does with a file: so a test sees the tables at
 * one instant, and whatever it looks after stands still. A thread of its own does the asking.
 */
export class PostgresNow {
  readonly #bell = new Int32Array(new SharedArrayBuffer(4));
  readonly #port: MessagePort;
  readonly #worker: Worker;
  #asked = 0;

  constructor(url: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1 as unknown as MessagePort;
    const workerData = { url, port: port2, bell: this.#bell };
    this.#worker = new Worker(new URL('./postgres-asker.ts', import.meta.url), { workerData, transferList: [port2] });
    this.#worker.unref();
    port1.unref();
  }

  /** Instants come as milliseconds, and yes and no as 1 and 0. */
  ask(sql: string, values: readonly unknown[] = []): Row[] {
    const id = ++this.#asked;
    Atomics.store(this.#bell, 0, 0);
    this.#port.postMessage({ id, sql, values });
    const answer = this.#hear(id);
    if (!answer) throw new Error(`no answer to ${sql}`);
    if ('rows' in answer) return answer.rows;
    throw Object.assign(new Error(`${answer.error} in ${sql}`), { code: answer.code });
  }

  /** The bell may be heard a moment before the answer is there. */
  #hear(id: number): Answer | undefined {
    for (let patience = PATIENCE_MS; patience > 0; patience -= MOMENT_MS) {
      const isRung = Atomics.wait(this.#bell, 0, 0, MOMENT_MS) !== 'timed-out';
      const answer = receiveMessageOnPort(this.#port as never)?.message as Answer | undefined;
      if (answer?.id === id) return answer;
      if (isRung) Atomics.store(this.#bell, 0, 0);
    }
    return undefined;
  }

  close(): void {
    this.#port.postMessage(null);
    this.#port.close();
  }
}
