import { every } from '../../shared/clock.ts';
import type { Parts } from '../parts.ts';
import { deliverMail, type LeasedMail, leaseMail, putBack } from './deliver-mail.ts';
import { createSendMail } from './send-mail.ts';

const SWEEP_MS = 1_000; // Finds what is due again, and what another process left behind.
const PATIENCE_MS = 3_000; // For letters under way when we stop: cut off now, they would arrive twice.
const AT_ONCE = 4; // Connections to the mail server; more of them annoy it.

export interface Postman {
  /** Mail was queued. */
  wake(): void;
  /** What hangs is cut off and goes again at the next start, under the same Message-ID. */
  stop(): Promise<void>;
}

/**
 * Sends what is queued, a few letters at a time and each with a deadline, apart from everything else: a mail server that
 * hangs holds up mail and nothing more. Null where no mail server is set.
 */
export function startPostman(parts: Parts): Postman | null {
  const { clock, config, log } = parts;
  if (config.mail === null) return null;
  const { timeoutMs } = config.mail;
  const send = createSendMail(config.mail);
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  let stopped = false;

  async function carry() {
    for (;;) {
      const mail = stopped ? undefined : await leaseMail(parts, timeoutMs);
      if (!mail) return;
      await deliver(mail);
    }
  }

  async function deliver(mail: LeasedMail) {
    const late = new AbortController();
    const stopTimer = clock.after(timeoutMs, () => late.abort());
    try {
      await deliverMail(parts, send, mail, AbortSignal.any([late.signal, stopping.signal]));
    } catch (error) {
      log.error({ err: error, mail: mail.id }, 'a mail could not be written');
      await putBack(parts, mail, 'not written');
    } finally {
      stopTimer();
    }
  }

  function wake() {
    if (stopped || underWay.size >= AT_ONCE) return;
    const carrying = carry()
      .catch(error => log.error({ err: error }, 'the postman stumbled'))
      .finally(() => underWay.delete(carrying));
    underWay.add(carrying);
  }

  const stopSweeping = every(clock, SWEEP_MS, async () => wake());
  wake();
  return {
    wake,
    async stop() {
      stopped = true;
      stopSweeping();
      const stopWaiting = clock.after(PATIENCE_MS, () => stopping.abort());
      await Promise.all(underWay);
      stopWaiting();
    },
  };
}
