import { type IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

export interface Request {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** In lower case. */
  headers?: Record<string, string>;
  body?: string;
  fromAddress: string;
}

export interface Answer {
  status: number;
  body: unknown;
  /** `name=value` of the cookie that it sets, as a browser sends it back. */
  cookie: string | null;
}

export type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

/** The whole way through the app, without a socket. Never resolves if the app never answers. */
export function ask(handle: Handle, { method, path, headers = {}, body, fromAddress }: Request): Promise<Answer> {
  const bytes = body === undefined ? [] : [Buffer.from(body)];
  const request = Object.assign(Readable.from(bytes, { objectMode: false }), {
    ...{ method, url: path, headers, httpVersion: '1.1', complete: true },
    socket: { remoteAddress: fromAddress, encrypted: false, writable: true },
  }) as unknown as IncomingMessage;
  const response = new ServerResponse(request);
  const { promise, resolve } = Promise.withResolvers<Answer>();
  response.end = ((text?: string | Buffer) => {
    const [cookie = ''] = [response.getHeader('set-cookie')].flat();
    resolve({ status: response.statusCode, body: read(text), cookie: String(cookie).split(';')[0] || null });
    return response;
  }) as typeof response.end;
  handle(request, response);
  return promise;
}

function read(text: string | Buffer | undefined): unknown {
  try {
    return JSON.parse(String(text ?? ''));
  } catch {
    return text;
  }
}
