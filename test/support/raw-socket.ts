import { once } from 'node:events';
import { WebSocket } from 'ws';

type Hear = (event: string, message: unknown) => void;

interface Wish {
  /** The local address to call from: each has so many ports, and no more. */
  from?: string | undefined;
  /** How long the connection may take to stand: Socket.IO's own client gives up, too. */
  withinMs?: number;
  /** Hears of the end of the connection, whoever ended it. Without, an error of the network ends the process. */
  gone?: () => void;
}

/** A socket of Socket.IO as it is on the wire: lighter than its client, so that thousands fit into one process. */
export class RawSocket {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (answer: unknown) => void>();
  #asked = 0;

  private constructor(socket: WebSocket, hear: Hear) {
    this.#socket = socket;
    socket.on('message', data => this.#read(String(data), hear));
  }

  /** Rejects when nobody is there, or goes away before the connection stands. */
  static async open(url: string, hear: Hear, { from, withinMs, gone }: Wish = {}): Promise<RawSocket> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
      ...(from !== undefined && { localAddress: from }),
    });
    const raw = new RawSocket(socket, hear);
    if (gone) socket.on('error', () => {});
    const late = withinMs === undefined ? undefined : setTimeout(() => socket.terminate(), withinMs);
    await once(socket, 'open');
    await new Promise<void>((connected, lost) => {
      raw.#answers.set(-1, () => connected());
      socket.once('close', () => lost(new Error('the server went away')));
    });
    clearTimeout(late);
    if (gone) socket.on('close', gone);
    return raw;
  }

  /** Emits, and resolves with the acknowledgement. */
  ask(event: string, message: unknown): Promise<unknown> {
    const id = this.#asked++;
    this.#socket.send(`42${id}${JSON.stringify([event, message])}`);
    return new Promise(done => this.#answers.set(id, done));
  }

  close() {
    this.#socket.terminate();
  }

  /** Engine.IO's packet, then Socket.IO's: `0` hello, `2` ping, `40` connected, `42` an event, `43` an answer. */
  #read(text: string, hear: Hear) {
    if (text.startsWith('0')) return this.#socket.send('40');
    if (text === '2') return this.#socket.send('3');
    if (text.startsWith('40')) return this.#answer(-1, null);
    const [, id = '', json = '[]'] = /^4[23](\d*)(\[.*)$/s.exec(text) ?? [];
    if (text.startsWith('43')) this.#answer(Number(id), JSON.parse(json)[0]);
    else if (text.startsWith('42')) hear(...(JSON.parse(json) as [string, unknown]));
  }

  #answer(id: number, answer: unknown) {
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
  }
}

/** `work` for each, so many at a time. */
export async function eachOf<T>(all: readonly T[], together: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}
