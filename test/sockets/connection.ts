import { RawSocket } from '../support/raw-socket.ts';

const AGAIN_MS = 1_000; // As the pages have it of Socket.IO: doubled at every try, and never all at the same instant.
const AGAIN_MS_MAX = 10_000;
const SPREAD = 0.8;
const WITHIN_MS = 20_000; // Then it is a try that failed.

/** A browser's connection: it comes back by itself, however it ended. */
export class Connection {
  readonly #url: string;
  readonly #from: string | undefined;
  readonly #heard = new Map<string, (message: unknown) => void>();
  readonly #opened: (() => void)[] = [];
  #socket: RawSocket | null = null;
  #tries = 0;
  /** How often it stood. */
  connects = 0;

  constructor(url: string, from: string | undefined) {
    this.#url = url;
    this.#from = from;
  }

  isOpen(): boolean {
    return this.#socket !== null;
  }

  onOpen(then: () => void): void {
    this.#opened.push(then);
  }

  on(event: string, then: (message: unknown) => void): void {
    this.#heard.set(event, then);
  }

  /** Of a connection that ends meanwhile there is never an answer. */
  ask(event: string, message: object): Promise<unknown> {
    return this.#socket?.ask(event, message) ?? new Promise(() => {});
  }

  /** Resolves after the first try. */
  async open(): Promise<void> {
    const hear = (event: string, message: unknown) => this.#heard.get(event)?.(message);
    const gone = () => {
      this.#socket = null;
      this.#comeBack();
    };
    try {
      this.#socket = await RawSocket.open(this.#url, hear, { from: this.#from, withinMs: WITHIN_MS, gone });
    } catch {
      return this.#comeBack();
    }
    this.#tries = 0;
    this.connects++;
    for (const then of this.#opened) then();
  }

  /** Somebody drives into a tunnel. */
  cut(): void {
    this.#socket?.close();
  }

  #comeBack() {
    const ms = Math.min(AGAIN_MS_MAX, AGAIN_MS * 2 ** this.#tries++);
    setTimeout(() => void this.open(), ms * (1 + (2 * Math.random() - 1) * SPREAD));
  }
}
