import { addMs } from '../../../shared/clock.ts';
import type { Parts } from '../parts.ts';
import { FAILURES } from './failures.ts';
import { CARDS, NETWORKS } from './networks.ts';
import { mayBePaid, type Order } from './orders.ts';

const PATIENCE_MS = 20_000; // Then the page no longer waits for a network that says nothing, and sends the browser back.

/** What the page shows of an order; `open` is one that nobody has tried to pay. */
export type PageState = 'open' | 'asking' | 'waiting' | 'paid' | 'failed' | 'unanswered' | 'cancelled';

export function orderView(parts: Parts, order: Order) {
  const { merchantReference, trackingId, amount, currency, description, phone, attempt, redirectMode, refund } = order;
  const state = pageState(order);
  return {
    ...{ trackingId, merchantReference, merchant: parts.settings.merchant, description, amount, currency, phone },
    ...{ state, redirectMode, refund, mayBePaid: mayBePaid(order), mayGoBack: mayGoBack(parts, order, state) },
    attempt: attempt && {
      network: attempt.network,
      account: attempt.owner?.number ?? null,
      failure: attempt.failure && FAILURES[attempt.failure].sentence,
    },
    networks: Object.entries(NETWORKS).map(([name, { title }]) => ({ name, title })),
    cards: Object.entries(CARDS).map(([number, { method, declined }]) => ({ number, method, declined })),
  };
}
export type OrderView = ReturnType<typeof orderView>;

function pageState({ told, attempt, cancelledAt }: Order): PageState {
  if (told.code === 1 || told.code === 3) return 'paid';
  if (cancelledAt) return 'cancelled';
  if (told.code === 2 && attempt?.state !== 'asking') return 'failed';
  if (!attempt) return 'open';
  return attempt.state === 'paid' ? 'waiting' : attempt.state;
}

/** Whether the browser is sent back to the merchant by itself; by hand it may always go. */
function mayGoBack({ clock }: Parts, { fault, notified, debit }: Order, state: PageState): boolean {
  if (state === 'paid') return fault?.browser !== 'afterNotification' || notified;
  if (state !== 'waiting' || !debit) return false;
  return fault?.browser === 'atOnce' || addMs(debit.at, PATIENCE_MS) <= clock.now();
}
