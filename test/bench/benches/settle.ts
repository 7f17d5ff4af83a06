import type { Bench, Figures, Setting, SideName } from '../bench-kinds.ts';
import { withServer } from '../http-load.ts';
import { pendingBookings } from '../seed.ts';
import { postAll } from './callback.ts';

const side =
  (name: SideName) =>
  (setting: Setting): Promise<Figures> =>
    withServer(name, setting, pendingBookings(setting.isQuick ? 3_000 : 12_000), (server, store) =>
      store.using(async database => {
        const { pending } = store.seeded;
        const job = { amount: pending.length, warmUpSeconds: 0 };
        const { left, seconds } = await postAll({ server, database, pending, setting, job });
        return { settled: left / seconds };
      }),
    );

export const settle: Bench = {
  name: 'settle',
  about: 'What a burst has stored, from there to bookings that are confirmed, with tickets, and told of.',
  rows: [
    {
      ...{ figure: 'settled', what: 'settled', unit: '/s' },
      targets: [
        { than: 'floor', least: 0.6 },
        { than: 'figure', least: 1_500, aim: true },
      ],
    },
  ],
  sides: { ours: side('ours'), floor: side('floor') },
  limits: `Settling one payment is some thirty statements, of which twenty write: the receipt, the payment, the booking, the
places, two tickets, the share, two lines each in the audit trail and the outbox. SQLite has seven tenths of the processor's
time, a third of that in commits, though sixty-four settlements share one; unsealing what was stored, reading it, and the
questions that money must pass ([settle-payment.ts](../server/payment/settle-payment.ts)) have the rest. Batches that share
statements would save perhaps a third, and cost the one thing that this file must be: easy to read.`,
};
