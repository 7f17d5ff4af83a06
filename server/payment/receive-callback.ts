import { timingSafeEqual } from 'node:crypto';
import type { GatewayName } from '../../shared/views.ts';
import { plainHash } from '../database/vault.ts';
import type { Reported } from '../gateway/gateway.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { settlePayment, type Verdict } from './settle-payment.ts';

const TOKEN = /^[0-9a-f]{32}$/;
const STRAYS_MAX = 1_000; // Of what came under wrong tokens: enough to see an attack, too little to fill a disk.
export const STRAY_MAX_BYTES = 4_096;

export interface Arrived {
  gateway: GatewayName;
  body: Buffer;
  sourceAddress: string;
}

/** The payment that a callback's address names; undefined for a token that is nobody's. */
export async function findByToken(em: Em, token: string): Promise<string | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const hash = plainHash(token);
  const found = await query(em)
    .selectFrom('payment')
    .select(['id', 'callbackTokenHash'])
    .where('callbackTokenHash', '=', hash)
    .executeTakeFirst();
  return found && timingSafeEqual(Buffer.from(found.callbackTokenHash), Buffer.from(hash)) ? found.id : undefined;
}

/** Keeps the bytes exactly as they came. Only when this has returned may the gateway be told "accepted" (I8). */
export async function storeCallback(parts: Parts, paymentId: string, arrived: Arrived): Promise<number> {
  return parts.database.write(em => insert(em, parts, paymentId, arrived));
}

/** A callback under a wrong token leaves a trace, within limits, and nothing else. */
export async function storeStray(parts: Parts, arrived: Arrived): Promise<void> {
  await parts.database.write(async em => {
    const id = await insert(em, parts, null, arrived);
    await query(em)
      .deleteFrom('callback')
      .where('payment', 'is', null)
      .where('id', '<=', id - STRAYS_MAX)
      .execute();
  });
}

async function insert(
  em: Em,
  { clock, vault }: Parts,
  payment: string | null,
  { gateway, body, sourceAddress }: Arrived,
) {
  const { id } = await query(em)
    .insertInto('callback')
    .values({
      gateway,
      payment,
      state: payment ? 'received' : 'ignored',
      verdict: payment ? null : 'wrong token',
      bodySealed: vault.seal(body.toString('base64')),
      sourceAddress,
      receivedAt: clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Reads a stored callback and settles its payment, in one transaction: a crash in between leaves it to the janitor. */
export async function settleCallback(parts: Parts, callbackId: number): Promise<void> {
  await parts.database.write(async em => {
    const callback = await query(em)
      .selectFrom('callback')
      .select(['payment', 'gateway', 'bodySealed'])
      .where('id', '=', callbackId)
      .where('state', '=', 'received')
      .executeTakeFirst();
    if (!callback?.payment) return; // Somebody was quicker.
    const { verdict, why } = await judge(em, parts, callback.payment, readReport(parts, callback));
    await query(em)
      .updateTable('callback')
      .set({ state: verdict, verdict: why, settledAt: parts.clock.now() })
      .where('id', '=', callbackId)
      .execute();
  });
  parts.wakeRelay();
}

function judge(em: Em, parts: Parts, paymentId: string, report: Reported | undefined): Promise<Verdict> | Verdict {
  if (!report) return { verdict: 'ignored', why: 'nothing that this gateway says' };
  const { clock, config, random, vault } = parts;
  const settling = { now: clock.now(), rules: config.rules, random, vault };
  return settlePayment(em, paymentId, { source: 'callback', ...report }, settling);
}

function readReport({ lines, vault }: Parts, { gateway, bodySealed }: { gateway: GatewayName; bodySealed: string }) {
  const body = Buffer.from(vault.open(bodySealed), 'base64').toString();
  try {
    return lines.get(gateway)?.gateway.readCallback(JSON.parse(body));
  } catch {
    return undefined; // Not JSON.
  }
}
