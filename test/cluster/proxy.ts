import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface Proxy {
  url: string;
  /** How many sockets it has carried to each process so far. */
  sockets: number[];
  close(): Promise<void>;
}

/**
 * Each request and each socket goes to the next process, and to the one after it where nobody answers. What breaks on the
 * way breaks for the browser, too: whether it was heard nobody knows.
 */
export async function openProxy(ports: readonly number[]): Promise<Proxy> {
  const sockets = ports.map(() => 0);
  const open = new Set<Socket>();
  let turn = 0;
  const from = () => ports.map((_, at) => (at + turn) % ports.length);
  const server = createServer((asked, answer) => {
    turn += 1;
    const waiting = from();
    const next = () => {
      const port = ports[waiting.shift() ?? -1];
      if (port === undefined) return void asked.socket.destroy();
      const { method = 'GET', url: path = '/', headers } = asked;
      const passed = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, told => {
        answer.writeHead(told.statusCode ?? 0, told.headers);
        told.pipe(answer);
        told.on('error', () => asked.socket.destroy());
      });
      passed.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNREFUSED' ? next() : asked.socket.destroy(),
      );
      passed.end(body);
    };
    let body = Buffer.alloc(0);
    asked.on('data', part => {
      body = Buffer.concat([body, part]);
    });
    asked.on('end', next);
  });
  server.on('upgrade', (asked: IncomingMessage, browser: Socket) => {
    turn += 1;
    const waiting = from();
    const next = () => {
      const at = waiting.shift();
      if (at === undefined) return void browser.destroy();
      const there = connect(ports[at] ?? 0, '127.0.0.1');
      there.on('error', error => ('code' in error && error.code === 'ECONNREFUSED' ? next() : browser.destroy()));
      there.once('connect', () => {
        sockets[at] = (sockets[at] ?? 0) + 1;
        there.write(headOf(asked));
        there.pipe(browser).pipe(there);
        there.once('close', () => browser.destroy());
        browser.once('close', () => there.destroy());
      });
    };
    browser.on('error', () => {});
    next();
  });
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    async close() {
      for (const socket of open) socket.destroy();
      await closed(server);
    },
  };
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  return `${[`${method} ${url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

function closed(server: Server) {
  return new Promise<void>(done => void server.close(() => done()));
}
