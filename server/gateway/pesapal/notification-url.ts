import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { addMs, type Clock } from '../../../shared/clock.ts';
import { Id, readJson } from '../answer.ts';
import type { Memory } from '../gateway.ts';
import { NOT_REACHED, type Refused, refused } from '../not-accepted.ts';
import type { Called } from '../send-with-token.ts';
import type { CallPesapal } from './call-pesapal.ts';
import { readNotAccepted } from './read-not-accepted.ts';
import { NOTIFIED_BY, REGISTER_PATH } from './requests.ts';
import type { PesapalSettings } from './settings.ts';

const Registered = v.object({ ipn_id: Id });

export type Found = { ipnId: string } | Refused;

export interface NotificationUrl {
  /** The id under which Pesapal knows our URL, another than `notThis`. Never throws. */
  find(notThis?: string): Promise<Found>;
}

/**
 * The URL is registered once and its id remembered: each registration makes a new one, and Pesapal's own list of them has
 * been seen to be empty. A memory that fails costs at most one registration more.
 */
export function createNotificationUrl(
  settings: PesapalSettings,
  { call, clock, memory }: { call: CallPesapal; clock: Clock; memory: Memory },
): NotificationUrl {
  const { ipnId, notificationUrl, timeoutMs } = settings;
  if (ipnId !== null) return { find: async () => ({ ipnId }) };
  const name = memoryName(settings);
  let known: string | undefined;
  let underWay: Promise<Found> | null = null;

  async function recallOrRegister(notThis?: string): Promise<Found> {
    const remembered = await memory.read(name).catch(() => undefined);
    if (remembered !== undefined && remembered !== notThis) {
      known = remembered;
      return { ipnId: remembered };
    }
    const repeatBy = addMs(clock.now(), timeoutMs);
    const fields = { url: notificationUrl, ipn_notification_type: NOTIFIED_BY };
    const found = readRegistered(await call.post(REGISTER_PATH, fields, () => clock.now() <= repeatBy));
    if (!('ipnId' in found)) return found;
    known = found.ipnId;
    await memory.write(name, known).catch(() => {});
    return found;
  }

  return {
    async find(notThis) {
      if (known !== undefined && known !== notThis) return { ipnId: known };
      underWay ??= recallOrRegister(notThis).finally(() => {
        underWay = null;
      });
      return underWay;
    },
  };
}

/** An id belongs to one account of one environment, and to one URL. */
function memoryName({ baseUrl, consumerKey, notificationUrl }: PesapalSettings): string {
  const names = JSON.stringify([baseUrl, consumerKey, notificationUrl, NOTIFIED_BY]);
  return `pesapal-ipn-${createHash('sha256').update(names).digest('hex').slice(0, 28)}`;
}

/** Without an id nothing can be ordered, so whatever went wrong here, no payment came of it. */
function readRegistered(called: Called): Found {
  const body = called.result === 'answered' ? readJson(called.body) : undefined;
  const registered = v.safeParse(Registered, body);
  if (registered.success) return { ipnId: registered.output.ipn_id };
  const not = readNotAccepted(called, () => undefined);
  return not.answer === 'refused' ? not : refused(NOT_REACHED, `ipn:${not.why}`);
}
