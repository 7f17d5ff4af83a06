import type { GatewayName } from '../../shared/views.ts';
import { lockRow } from '../database/lock.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';
import type { Parts } from '../parts.ts';
import { askGateway } from './ask-gateway.ts';
import { settlingNow, type Verdict } from './evidence.ts';
import { settleClaim } from './settle-claim.ts';
import { settleConfirmation } from './settle-confirmation.ts';
import { settlePayment } from './settle-payment.ts';
import { settleRefund } from './settle-refund.ts';

const NOTHING = new Uint8Array();
const NONSENSE: Verdict = { verdict: 'ignored', why: 'nothing that this gateway says' };

/** Reads a stored callback and settles what it is about, in one transaction: a crash in between leaves it to the janitor. */
export async function settleCallback(parts: Parts, callbackId: number): Promise<void> {
  const settled = await parts.database.write(async em => {
    await lockRow(em, 'callback', callbackId);
    const callback = await findReceived.first(em, { callbackId });
    if (!callback) return null; // Somebody was quicker.
    if (!parts.lines.has(callback.gateway)) return null; // Nobody here can read it now: it waits for the gateway's settings.
    const { verdict, why } = await judge(em, parts, callback);
    await keepVerdict.run(em, { callbackId, verdict, why, settledAt: parts.clock.now() });
    return { ...callback, verdict };
  });
  if (settled) parts.meters.settled(settled.gateway, settled.verdict, +parts.clock.now() - +settled.receivedAt);
  parts.wakeRelay();
  if (settled?.payment && isQuestion(parts, settled.gateway))
    parts.inBackground('check', askGateway(parts, settled.payment, true));
}

/** Whether callbacks of this gateway only say "ask me". */
function isQuestion({ lines }: Parts, gateway: GatewayName): boolean {
  return lines.get(gateway)?.gateway.readCallback === null;
}

const findReceived = prepared((em, { callbackId }: { callbackId: number }) =>
  query(em)
    .selectFrom('callback')
    .select(['payment', 'refund', 'confirmation', 'gateway', 'bodySealed', 'listed', 'receivedAt'])
    .where('id', '=', callbackId)
    .where('state', '=', 'received'),
);

type Received = NonNullable<Awaited<ReturnType<typeof findReceived.first>>>;

interface Settled extends Pick<Verdict, 'verdict' | 'why'> {
  callbackId: number;
  settledAt: Date;
}

const keepVerdict = prepared((em, { callbackId, verdict, why, settledAt }: Settled) =>
  query(em).updateTable('callback').set({ state: verdict, verdict: why, settledAt }).where('id', '=', callbackId),
);

async function judge(em: Em, parts: Parts, callback: Received): Promise<Verdict> {
  const { gateway, payment } = callback;
  const body = readBody(parts, callback);
  const line = parts.lines.get(gateway)?.gateway;
  if (callback.refund !== null) {
    const report = line?.refunds?.readCallback?.(body);
    return report ? settleRefund(em, callback.refund, report, parts.clock.now()) : NONSENSE;
  }
  if (line?.readCallback === null && payment !== null) return askAtOnce(em, parts, payment);
  const doubtful = !callback.listed && parts.config.callbackSources.enforced;
  if (callback.confirmation) {
    const told = line?.readConfirmation?.(body);
    return told ? settleConfirmation(em, parts, { gateway, doubtful }, told) : NONSENSE;
  }
  if (payment === null) return NONSENSE;
  if (await isClaim(em, payment)) {
    const found = line?.lookUp?.readCallback(body);
    return found ? settleClaim(em, payment, found, 'callback', settlingNow(parts)) : NONSENSE;
  }
  const report = line?.readCallback?.(body);
  if (!report) return NONSENSE;
  const verdict = await settlePayment(em, payment, { source: 'callback', doubtful, ...report }, settlingNow(parts));
  if (!callback.listed) await askInBackground(em, parts, payment, gateway);
  return verdict;
}

/** Nothing was asked of a phone: what comes is what was looked for. */
async function isClaim(em: Em, paymentId: string): Promise<boolean> {
  const { claimedNumber } = await readClaim.one(em, { paymentId });
  return claimedNumber !== null;
}

const readClaim = prepared((em, { paymentId }: { paymentId: string }) =>
  query(em).selectFrom('payment').select('claimedNumber').where('id', '=', paymentId),
);

/** A notification that carries no outcome: it is written down that the gateway must be asked, and then it is. */
async function askAtOnce(em: Em, parts: Parts, payment: string): Promise<Verdict> {
  const now = parts.clock.now();
  const { numUpdatedRows } = await query(em)
    .updateTable('payment')
    .set({ notifiedAt: now, nextCheckAt: now })
    .where('id', '=', payment)
    .where('frozen', '=', false)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return { verdict: 'ignored', why: 'a person is looking at this payment' };
  return { verdict: 'settled', why: 'the gateway is asked' };
}

/** From an address that the gateway is not known to use: the token was right, so it counts; a query is to confirm it. */
async function askInBackground(em: Em, { clock, log }: Parts, payment: string, gateway: GatewayName) {
  log.warn({ gateway, payment }, 'a callback came from an unlisted address');
  await query(em)
    .updateTable('payment')
    .set({ nextCheckAt: clock.now() })
    .where('id', '=', payment)
    .where('frozen', '=', false)
    .execute();
}

/** Undefined when it is not JSON. A body that cannot be unsealed throws: then the callback stays as it is. */
function readBody({ vault }: Parts, { bodySealed }: Received): unknown {
  const body = vault.openBytes(bodySealed ?? NOTHING).toString();
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
