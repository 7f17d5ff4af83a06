import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { Context, Middleware } from 'koa';

const ENCODINGS = ['br', 'gzip'] as const; // The smaller one first.

interface ClientFile {
  bytes: Buffer;
  /** The same, packed: the build makes them where it pays. */
  packed: Record<(typeof ENCODINGS)[number], Buffer | null>;
  etag: string;
}

/**
 * The built client, read once: a new build under a running server neither breaks it nor mixes with its pages. Pages are
 * not among the files: they have addresses of their own, see `page`.
 */
export function clientFiles(folder: string): Middleware {
  const files = readFiles(folder);
  return (ctx, next) => {
    const file = ctx.method === 'GET' || ctx.method === 'HEAD' ? files.get(ctx.path) : undefined;
    return file ? send(ctx, file) : next();
  };
}

/** By the path in their address; about half a megabyte. */
function readFiles(folder: string): Map<string, ClientFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .filter(name => !/\.(html|br|gz)(\.|$)/.test(name));
  return new Map(names.map(name => [`/${name}`, readFile(join(folder, name))]));
}

function readFile(name: string): ClientFile {
  const bytes = readFileSync(name);
  const packed = (ending: string) => (existsSync(name + ending) ? readFileSync(name + ending) : null);
  return { bytes, packed: { br: packed('.br'), gzip: packed('.gz') }, etag: etagOf(bytes) };
}

function send(ctx: Context, { bytes, packed, etag }: ClientFile) {
  const lasting = ctx.path.startsWith('/assets/'); // Their names change with what is in them.
  ctx.set('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.set('Cross-Origin-Resource-Policy', 'cross-origin'); // Posters may stand on other sites' pages.
  ctx.set('ETag', etag);
  ctx.vary('Accept-Encoding');
  ctx.type = extname(ctx.path);
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const encoding = ENCODINGS.find(one => packed[one] && ctx.acceptsEncodings(one) === one);
  if (encoding) ctx.set('Content-Encoding', encoding);
  ctx.body = (encoding && packed[encoding]) ?? bytes;
}

/**
 * Serves one built page, which knows from `data-mode` whether the money is real, and from `data-mail` that customers get
 * mail; asked for anew every time.
 */
export function page(folder: string, name: string, mode: 'test' | 'live', mail = false): (ctx: Context) => void {
  const known = `data-mode="${mode}"${mail ? ' data-mail' : ''}`;
  const html = readFileSync(`${folder}/${name}.html`, 'utf8').replace('<html', `<html ${known}`);
  const etag = etagOf(html);
  return ctx => {
    ctx.set('Cache-Control', 'no-cache');
    ctx.set('ETag', etag);
    ctx.type = 'text/html; charset=utf-8';
    ctx.status = 200;
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = html;
  };
}

/** Weak: the packed bytes differ, what is in them does not. */
function etagOf(content: string | Buffer): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 16)}"`;
}
