import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import PostalMime, { type Email } from 'postal-mime';
import { decodeQR } from 'qr/decode.js';
import sharp from 'sharp';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { freePort } from './free-port.ts';

const PATIENCE_MS = 10_000;

/** What the server does with the next letter. `cut`: it takes all of it, and the line breaks before it says so. */
export type Reaction = 'take' | 'cut' | 'hang' | { at: 'sender' | 'recipient' | 'data'; code: number; text: string };

export type MailServer = Awaited<ReturnType<typeof openMailServer>>;
export interface Arrived extends Email {
  recipients: string[];
  raw: string;
}

/** A real mail server that does as it is told, letter by letter, and otherwise takes everything. */
export async function openMailServer(
  test: TestContext,
  { login, port }: { login?: { user: string; pass: string }; port?: number } = {},
) {
  const script: Reaction[] = [];
  const arrived: Arrived[] = [];
  const sessions: SMTPServerSession[] = [];
  const news = new EventEmitter();
  const happened = () => void setImmediate(() => news.emit('happened'));
  let tries = 0;
  let hanging = 0;
  const reactionOf = (at: 'sender' | 'recipient' | 'data') => {
    const next = script[0];
    if (typeof next === 'object' && next.at !== at) return undefined;
    return at === 'data' || typeof next === 'object' ? script.shift() : undefined;
  };
  const refusal = (at: 'sender' | 'recipient') => {
    if (at === 'sender') tries += 1;
    happened();
    const next = typeof script[0] === 'object' ? reactionOf(at) : undefined;
    return typeof next === 'object' ? Object.assign(new Error(next.text), { responseCode: next.code }) : null;
  };
  const server = new SMTPServer({
    authOptional: login === undefined,
    ...(login === undefined && { disabledCommands: ['AUTH', 'STARTTLS'] }),
    onAuth({ username, password }, _session, done) {
      const isRight = username === login?.user && password === login?.pass;
      if (isRight) done(null, { user: username });
      else done(Object.assign(new Error('wrong'), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, done) => done(refusal('sender')),
    onRcptTo: (_address, _session, done) => done(refusal('recipient')),
    async onData(stream, session, done) {
      const raw = await Array.fromAsync(stream).then(
        chunks => Buffer.concat(chunks).toString('latin1'),
        () => null,
      );
      if (raw === null) return; // Whoever sent it died over it.
      const reaction = reactionOf('data') ?? 'take';
      if (typeof reaction === 'object')
        return done(Object.assign(new Error(reaction.text), { responseCode: reaction.code }));
      if (reaction === 'hang') {
        hanging += 1;
        happened();
        return;
      }
      sessions.push(session);
      arrived.push({
        ...(await PostalMime.parse(raw)),
        recipients: session.envelope.rcptTo.map(one => one.address),
        raw,
      });
      happened();
      if (reaction === 'cut')
        for (const { _socket } of server.connections as Set<{ _socket: Socket }>) _socket.destroy();
      else done();
    },
  });
  server.on('error', () => {}); // A client that is killed ends its connection without a word.
  const chosen = port ?? (await freePort());
  server.listen(chosen, '127.0.0.1');
  await once(server.server, 'listening');
  test.after(
    () =>
      new Promise<void>(done => {
        server.close(done);
        for (const { _socket } of server.connections as Set<{ _socket: Socket }>) _socket.destroy();
      }),
  );
  /** Waits for what somebody does to this server. */
  async function when(what: () => boolean): Promise<void> {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    while (!what()) await once(news, 'happened', { signal: patience });
  }
  return {
    port: chosen,
    settings: {
      SMTP_URL: `smtp://${login ? `${login.user}:${encodeURIComponent(login.pass)}@` : ''}127.0.0.1:${chosen}`,
      MAIL_FROM: 'Tiketi <tickets@tiketi.example>',
    },
    arrived,
    sessions,
    /** Next it does this, and then that. */
    next: (...reactions: Reaction[]) => void script.push(...reactions),
    /** How often somebody began to hand something over. */
    tries: () => tries,
    /** How many wait for an answer that never comes. */
    hanging: () => hanging,
    when,
    /** Waits for the `count`th letter, and answers the newest. */
    async until(count: number): Promise<Arrived> {
      await when(() => arrived.length >= count);
      assert.equal(arrived.length, count, arrived.map(({ subject }) => subject).join('\n'));
      return arrived.at(-1) as Arrived;
    },
  };
}

/** Takes connections and never says a word. */
export async function openBlackHole(test: TestContext) {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket.on('error', () => {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    settings: { SMTP_URL: `smtp://127.0.0.1:${address.port}`, MAIL_FROM: 'tickets@tiketi.example' },
    connections: () => sockets.size,
    open: () => [...sockets].filter(socket => !socket.destroyed && !socket.readableEnded).length,
  };
}

/** What a camera reads in the pictures of a letter, in their order. */
export async function codesIn({ attachments }: Email): Promise<string[]> {
  const pictures = attachments.filter(({ mimeType }) => mimeType === 'image/png');
  return Promise.all(
    pictures.map(async ({ content }) => {
      const { data, info } = await sharp(Buffer.from(content as ArrayBuffer))
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return decodeQR({ width: info.width, height: info.height, data });
    }),
  );
}
