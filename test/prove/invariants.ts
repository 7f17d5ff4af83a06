import type { Invariant } from '../mutants/mutant.ts';

export interface Pledge {
  id: Invariant;
  says: string;
  /** Where it is kept: the files without which it would not hold. */
  guards: string[];
}

/** What must always hold, and where the product sees to it. */
export const PLEDGES: Pledge[] = [
  {
    id: 'I1',
    says: 'Never oversell: places held and sold are never more than there are.',
    guards: ['server/booking/move-places.ts', 'server/model/showing.ts'],
  },
  {
    id: 'I2',
    says: 'Never money without a ticket or a refund due.',
    guards: ['server/payment/allocate-receipt.ts', 'server/payment/owe-refund.ts'],
  },
  {
    id: 'I3',
    says: 'Never a ticket without money.',
    guards: ['server/payment/allocate-receipt.ts', 'server/ticket/issue-tickets.ts'],
  },
  {
    id: 'I4',
    says: 'Status only moves forward.',
    guards: ['server/model/booking.ts', 'server/model/payment.ts', 'server/payment/settle-payment.ts'],
  },
  { id: 'I5', says: 'A receipt counts once.', guards: ['server/payment/bank-receipt.ts', 'server/model/receipt.ts'] },
  {
    id: 'I6',
    says: 'One live payment for a booking and for a phone.',
    guards: ['server/payment/start-payment.ts', 'server/model/payment.ts', 'server/model/push-limits.ts'],
  },
  {
    id: 'I7',
    says: 'Intent before action: nothing is asked of a gateway that is not committed.',
    guards: ['server/payment/start-payment.ts', 'server/payment/push-payment.ts'],
  },
  {
    id: 'I8',
    says: 'Never acknowledge what is not stored.',
    guards: [
      'server/payment/receive-callback.ts',
      'server/payment/store-together.ts',
      'server/database/write-together.ts',
    ],
  },
  {
    id: 'I9',
    says: 'Unknown is not failed.',
    guards: [
      'server/gateway/daraja/results.ts',
      'server/payment/settle-payment.ts',
      'server/janitor/give-up-sending.ts',
    ],
  },
  {
    id: 'I10',
    says: 'Every change is audited and pushed.',
    guards: ['server/booking/record-change.ts', 'server/relay.ts'],
  },
  {
    id: 'I11',
    says: 'A crash at any instruction loses nothing acknowledged and leaves nothing half done.',
    guards: [
      'server/database/sqlite-dialect.ts',
      'server/database/write-together.ts',
      'server/janitor/settle-left-behind.ts',
    ],
  },
  {
    id: 'I12',
    says: 'Everything ends.',
    guards: ['server/janitor.ts', 'server/payment/check-schedule.ts', 'server/booking/end-hold.ts'],
  },
  {
    id: 'I13',
    says: 'Amounts are conserved.',
    guards: ['server/payment/settle-payment.ts', 'server/payment/bank-receipt.ts'],
  },
  {
    id: 'I14',
    says: 'A watcher converges and never shows an older version after a newer one.',
    guards: [
      'server/realtime/welcome.ts',
      'server/realtime/realtime.ts',
      'server/relay.ts',
      'client/booking/watch-booking.ts',
    ],
  },
  {
    id: 'I15',
    says: 'Nobody sees another’s booking, phone or receipt.',
    guards: ['server/http/origins.ts', 'server/database/vault.ts', 'server/booking/find-booking.ts'],
  },
  {
    id: 'I16',
    says: 'Money decisions fail closed, message intake fails open.',
    guards: ['server/payment/settle-payment.ts', 'server/payment/gateway-ids.ts', 'server/database/remember.ts'],
  },
];
