import type { Ledger } from '../../server/simulator/ledger.ts';
import type { Disk } from './disk.ts';

interface RefundRow {
  id: string;
  number: string | null;
  state: string;
  /** It was given in cash, out of a drawer. */
  isGiven: number;
}

interface BackRow {
  number: string;
  allocation: string;
  reversedAt: number | null;
  /** Of the refunds of this receipt that were sent. */
  states: string | null;
}

/** Who gave money back, other than we by the gateway. */
export interface GivenBack {
  /** Numbers of receipts that somebody else gave back there. */
  foreign: ReadonlySet<string>;
  /** Ids of refunds that were paid out of the till. */
  byHand: ReadonlySet<string>;
}

/**
 * I2 the other way round: what the gateway's ledger gave back, against what we wrote down. Nothing goes back twice, nothing
 * is told done that did not go back, and nothing that we gave back is still believed to be ours. What somebody else
 * gave back without a word we may believe to be ours; whatever we are told of it is for the other rules.
 */
export function wronglyBack(
  disk: Disk,
  { reversals }: Pick<Ledger, 'reversals'>,
  { foreign, byHand }: GivenBack,
): string[] {
  const numbers = reversals.map(reversal => reversal.originalReceiptNumber);
  const isBack = new Set(numbers);
  const refunds = disk.query<RefundRow>(
    `select f.id, r.number, f.state, exists (select 1 from journal_entry j
       where j.kind = 'cash_given_back' and j.details->>'refund' = f.id) as isGiven
     from refund f join receipt r on r.id = f.receipt`,
  )();
  const breaches = numbers
    .filter((number, at) => numbers.indexOf(number) !== at)
    .map(number => `I2 ${number} was given back twice`);
  for (const { id, number, state, isGiven } of refunds) {
    const isPaidOut = byHand.has(id) || Boolean(isGiven);
    const went = isBack.has(number ?? '');
    if (state === 'done' && !went && !isPaidOut)
      breaches.push(`I2 the refund of ${number} is done, and nothing went back`);
    if (went && isPaidOut && !foreign.has(number ?? ''))
      breaches.push(`I2 ${number} went back by hand and by the gateway`);
  }
  for (const number of numbers) if (!foreign.has(number)) breaches.push(...stillOurs(disk, number));
  return breaches;
}

/** We asked for it, and it went back: whoever looks must see that it is on its way, or back. */
function stillOurs(disk: Disk, number: string): string[] {
  const [receipt] = disk.query<BackRow>(
    `select number, allocation, reversedAt, group_concat(f.state) as states
     from receipt r left join refund f on f.receipt = r.id and f.state in ('requested', 'unknown', 'done')
     where number = ? group by r.id, number, allocation, reversedAt`,
  )(number);
  if (!receipt) return [`I2 ${number} went back, and we never heard of it`];
  const { allocation, reversedAt, states } = receipt;
  if (reversedAt !== null || (allocation === 'refund_due' && states !== null)) return [];
  return [`I2 ${number} went back, and is ${allocation} without a refund that was sent`];
}
