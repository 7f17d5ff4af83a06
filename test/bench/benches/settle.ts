import type { Bench, Figures, Setting, SideName } from '../bench-kinds.ts';
import { withServer } from '../http-load.ts';
import { pendingBookings } from '../seed.ts';
import { postAll } from './callback.ts';

const POSTING_SECONDS = 60; // At most: it ends when all are posted.

const side =
  (name: SideName) =>
  (setting: Setting): Promise<Figures> =>
    withServer(name, setting, pendingBookings(setting.isQuick ? 3_000 : 12_000), (server, store) =>
      store.using(async database => {
        const job = { seconds: POSTING_SECONDS, warmUpSeconds: 0 };
        const { left, seconds } = await postAll({ server, database, pending: store.seeded.pending, setting, job });
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
places, two tickets, the share, two lines each in the audit trail and the outbox. With thirty-two to a commit, commits were a third of the
time, SQLite's work on the statements two fifths, and unsealing what was stored, reading it, and the questions that money
must pass ([settle-payment.ts](../server/payment/settle-payment.ts)) the rest; now sixty-four share one. Batches that
share statements would save perhaps a third, and cost the one thing that this file must be: easy to read.`,
};
