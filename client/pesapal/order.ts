import * as v from 'valibot';

/** An order as the page sees it. */
const Order = v.object({
  trackingId: v.string(),
  merchantReference: v.string(),
  merchant: v.string(),
  description: v.string(),
  amount: v.number(),
  currency: v.string(),
  phone: v.nullable(v.string()),
  state: v.picklist(['open', 'asking', 'waiting', 'paid', 'failed', 'unanswered', 'cancelled']),
  mayBePaid: v.boolean(),
  /** Whether the browser goes back by itself. */
  mayGoBack: v.boolean(),
  attempt: v.nullable(
    v.object({ network: v.string(), account: v.nullable(v.string()), failure: v.nullable(v.string()) }),
  ),
  networks: v.array(v.object({ name: v.string(), title: v.string() })),
  cards: v.array(v.object({ number: v.string(), method: v.string(), declined: v.boolean() })),
});
export type Order = v.InferOutput<typeof Order>;

const WayBack = v.object({ url: v.string(), redirectMode: v.picklist(['TOP_WINDOW', 'PARENT_WINDOW']) });
export type WayBack = v.InferOutput<typeof WayBack>;

const Complaint = v.object({ error: v.string() });

/** Undefined when there is no such order; throws when nobody answers. */
export async function fetchOrder(trackingId: string): Promise<Order | undefined> {
  const answer = await fetch(path(trackingId));
  return answer.status === 404 ? undefined : v.parse(Order, await answer.json());
}

/** Throws a sentence for people. */
export async function payOrder(trackingId: string, choice: Record<string, string>): Promise<Order> {
  return v.parse(Order, await post(trackingId, 'pay', choice));
}

/** `cancel`: unpaid, to the merchant's page for that. `return`: to its usual one. */
export async function leavePage(trackingId: string, how: 'cancel' | 'return'): Promise<WayBack> {
  return v.parse(WayBack, await post(trackingId, how));
}

async function post(trackingId: string, what: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${path(trackingId)}/${what}`, {
    method: 'POST',
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (answer.ok) return said;
  const complaint = v.safeParse(Complaint, said);
  throw new Error(complaint.success ? complaint.output.error : `Pesapal answered ${answer.status}.`);
}

function path(trackingId: string): string {
  return `/simulator/pesapal/orders/${encodeURIComponent(trackingId)}`;
}
