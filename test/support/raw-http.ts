import { connect } from 'node:net';

const PATIENCE_MS = 5_000; // Real time for an answer that is already on its way.

export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Sends bytes exactly as they are, however wrong, and reads until the server closes or falls silent. */
export function sendRaw(url: string, bytes: string | Buffer, patienceMs = PATIENCE_MS): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise(done => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const end = () => {
      socket.destroy();
      done(readAnswer(Buffer.concat(chunks).toString('latin1')));
    };
    socket.setTimeout(patienceMs, end);
    socket.on('data', chunk => void chunks.push(chunk));
    socket.on('error', end).on('close', end);
    socket.write(bytes);
  });
}

/** A request of which every part is as given; the server is asked to close after its answer. */
export function rawRequest(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): Buffer {
  const length = Buffer.byteLength(body);
  const given = { Host: 'localhost', Connection: 'close', 'Content-Length': String(length), ...headers };
  const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

function readAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') };
}
