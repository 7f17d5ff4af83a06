import { edit, type Mutant } from './mutant.ts';

const LIMITS = 'server/model/push-limits.ts';

/** What keeps strangers out, secrets in and phones quiet. */
export const STRANGERS: Mutant[] = [
  {
    name: 'a phone is asked again at once',
    breaks: ['I6'],
    edits: [edit(LIMITS, 'push.amount === amount ? retryAfterMs : retryAfterMs / 2', '0')],
    killedBy: ['test/payment/push-limits.test.ts'],
  },
  {
    name: 'a phone is asked as often as somebody likes',
    breaks: ['I6'],
    edits: [edit(LIMITS, 'for (const limit of LIMITS) from = later(from, whenBelow(limit, pushes));', '')],
    killedBy: ['test/payment/push-limits.test.ts'],
  },
  {
    name: 'another site’s page may book',
    breaks: ['I15'],
    edits: [edit('server/http/origins.ts', 'if (!READING.has(ctx.method) && ', 'if (ctx.method === null && ')],
    killedBy: ['test/http/origins.test.ts'],
  },
  {
    name: 'another site’s page may open a socket',
    breaks: ['I15'],
    edits: [edit('server/realtime/realtime.ts', 'decide(null, parts.accepts(request))', 'decide(null, true)')],
    killedBy: ['test/http/origins.test.ts'],
  },
  {
    name: 'the first address of X-Forwarded-For is believed',
    breaks: ['I15'],
    edits: [edit('server/http/client-address.ts', 'forwarded[forwarded.length - trustedProxies]', 'forwarded[0]')],
    killedBy: ['test/http/client-address.test.ts'],
  },
  {
    name: 'phone numbers stand in the database as they are',
    breaks: ['I15'],
    edits: [edit('server/booking/read-phone.ts', 'phoneMasked: maskPhone(digits)', 'phoneMasked: digits')],
    killedBy: ['test/http/secrets.test.ts'],
  },
  {
    name: 'what should be sealed is only wrapped',
    breaks: ['I15'],
    edits: [
      edit(
        'server/database/vault.ts',
        'const nonce = random(NONCE_BYTES);',
        'if (random) return Buffer.concat([format, bytes]);\n    const nonce = random(NONCE_BYTES);',
      ),
      edit(
        'server/database/vault.ts',
        'function decrypt(sealed: Uint8Array): Buffer {',
        'function decrypt(sealed: Uint8Array): Buffer {\n    if (random) return Buffer.from(sealed);',
      ),
    ],
    killedBy: ['test/http/secrets.test.ts', 'test/database/durable.test.ts'],
  },
  {
    name: 'a callback’s token is written into the log',
    breaks: ['I15'],
    edits: [
      edit(
        'server/payment/callback-routes.ts',
        `  const addressee = await find(parts.database.read(), String(ctx.params.token));`,
        `  parts.log.info({ path: ctx.path }, 'a callback');
  const addressee = await find(parts.database.read(), String(ctx.params.token));`,
      ),
    ],
    killedBy: ['test/http/secrets.test.ts'],
  },
  {
    name: 'a reference alone finds somebody’s booking',
    breaks: ['I15'],
    edits: [
      edit('server/booking/find-booking.ts', 'return payer && booking.id;', 'return payer ? booking.id : booking.id;'),
    ],
    killedBy: ['test/journeys/pay.test.ts'],
  },
  {
    name: 'lost settings turn a live box office into a test one',
    breaks: ['I16'],
    edits: [edit('server/database/remember.ts', 'if (first !== mode)', 'if (first !== mode && first === null)')],
    killedBy: ['test/remembered.test.ts'],
  },
];
