import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { GatewayName } from '../../shared/views.ts';
import { plainHash } from '../database/vault.ts';
import type { Callback, CallbackState } from '../model/callback.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared, preparedRows } from '../model/prepared.ts';
import type { Parts } from '../parts.ts';

const TOKEN = /^[0-9a-f]{32}$/;
const STRAYS_MAX = 1_000; // Of what came under wrong tokens: enough to see an attack, too little to fill a disk.
export const STRAY_MAX_BYTES = 4_096;

export interface Arrived {
  gateway: GatewayName;
  body: Buffer;
  sourceAddress: string;
}

/** What is known of it before it is read: nothing, or that nobody will read it. */
interface Heard {
  state: CallbackState;
  verdict: string | null;
  confirmation?: boolean;
}

/** What a callback's address names: a payment, or a refund. */
export type Addressee = { payment: string; refund: null } | { payment: null; refund: string };

/** The payment that a token names; undefined for a token that is nobody's. */
export async function findByToken(em: Em, token: string): Promise<string | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const hash = plainHash(token);
  const found = await findByHash.first(em, { hash });
  return found?.callbackTokenHash && isSame(found.callbackTokenHash, hash) ? found.id : undefined;
}

const findByHash = prepared((em, { hash }: { hash: string }) =>
  query(em).selectFrom('payment').select(['id', 'callbackTokenHash']).where('callbackTokenHash', '=', hash),
);

/** The refund that a token names. */
export async function findRefundByToken(em: Em, token: string): Promise<string | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const hash = plainHash(token);
  const found = await query(em)
    .selectFrom('refund')
    .select(['id', 'callbackTokenHash'])
    .where('callbackTokenHash', '=', hash)
    .executeTakeFirst();
  return found?.callbackTokenHash && isSame(found.callbackTokenHash, hash) ? found.id : undefined;
}

/** Takes as long for a nearly right hash as for a wrong one. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** Keeps the bytes exactly as they came. Only when this has returned may the gateway be told "accepted" (I8). */
export async function storeCallback(parts: Parts, paymentId: string, arrived: Arrived): Promise<number> {
  return parts.database.write(em => insert(em, parts, { payment: paymentId, refund: null }, arrived));
}

/** The same for what a gateway tells of all money that reaches our number. */
export async function storeConfirmation(parts: Parts, arrived: Arrived): Promise<number> {
  return parts.database.write(em =>
    insert(em, parts, null, arrived, { state: 'received', verdict: null, confirmation: true }),
  );
}

/** What was looked for takes longer: the result is still to come. */
export async function storeTimeout(parts: Parts, paymentId: string, arrived: Arrived): Promise<undefined> {
  const heard = { state: 'ignored', verdict: 'the gateway was too slow: its result is awaited' } as const;
  await parts.database.write(em => insert(em, parts, { payment: paymentId, refund: null }, arrived, heard));
}

/** The same for the result of a refund. */
export async function storeRefundResult(parts: Parts, refundId: string, arrived: Arrived): Promise<number> {
  return parts.database.write(em => insert(em, parts, { payment: null, refund: refundId }, arrived));
}

/** The gateway was too slow for a refund: whatever it says there, the result is still to come. */
export async function storeRefundTimeout(parts: Parts, refundId: string, arrived: Arrived): Promise<undefined> {
  const heard = { state: 'ignored', verdict: 'the gateway was too slow: its result is awaited' } as const;
  await parts.database.write(em => insert(em, parts, { payment: null, refund: refundId }, arrived, heard));
}

/** A callback under a wrong token, or about nothing of ours, leaves a trace, within limits, and nothing else. */
export async function storeStray(parts: Parts, arrived: Arrived, verdict: string): Promise<void> {
  await parts.database.write(async em => {
    const id = await insert(em, parts, null, arrived, { state: 'ignored', verdict });
    await query(em)
      .deleteFrom('callback')
      .where('payment', 'is', null)
      .where('refund', 'is', null)
      .where('confirmation', '=', false)
      .where('id', '<=', id - STRAYS_MAX)
      .execute();
  });
}

async function insert(em: Em, parts: Parts, to: Addressee | null, arrived: Arrived, heard?: Heard) {
  const [stored] = await insertCallbacks(em, [rowOf(parts, to, arrived, heard)]);
  return (stored as { id: number }).id;
}

/** What is kept of it. */
export function rowOf(
  { clock, config, vault }: Parts,
  to: Addressee | null,
  { gateway, body, sourceAddress }: Arrived,
  { state, verdict, confirmation = false }: Heard = { state: 'received', verdict: null },
): NewCallback {
  return {
    gateway,
    payment: to?.payment ?? null,
    refund: to?.refund ?? null,
    state,
    verdict,
    confirmation,
    bodySealed: vault.sealBytes(body),
    sourceAddress,
    listed: isListed(sourceAddress, config.callbackSources.listed),
    receivedAt: clock.now(),
  };
}

export type NewCallback = Heard & { confirmation: boolean; payment: string | null; refund: string | null } & Pick<
    Callback,
    'gateway' | 'bodySealed' | 'sourceAddress' | 'listed' | 'receivedAt'
  >;

/** One statement, however many there are. */
export const insertCallbacks = preparedRows((em, callbacks: NewCallback[]) =>
  query(em).insertInto('callback').values(callbacks).returning('id'),
);

function isListed(address: string, listed: Parts['config']['callbackSources']['listed']): boolean {
  return isIP(address) !== 0 && listed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
