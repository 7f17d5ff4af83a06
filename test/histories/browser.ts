import { pause } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import type { BookingView, ChargeView } from '../../shared/views.ts';
import type { Answer, Request } from './in-memory-http.ts';
import type { World } from './world.ts';

const TRIES_MAX = 4; // Of one request whose answer was lost.

export interface Browser {
  name: string;
  address: string;
}

export interface Wish {
  method: Request['method'];
  path: string;
  body?: unknown;
}

/** The same key until there is an answer; the nervous press twice. */
export async function insist(world: World, browser: Browser, wish: Wish): Promise<Answer | 'cut'> {
  const key = randomHex(world.random);
  if (world.chance.happens(0.1)) void send(world, browser, wish, key);
  for (let tries = 1; ; tries++) {
    const answer = await send(world, browser, wish, key);
    if ((answer !== 'cut' && answer.status < 500) || tries === TRIES_MAX) return answer;
    await pause(world.time, world.chance.between(500, 15_000));
  }
}

export async function send(world: World, { name, address }: Browser, { method, path, body }: Wish, key?: string) {
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key && { 'idempotency-key': key }),
  };
  const request = {
    method,
    path,
    headers,
    fromAddress: address,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await world.machine.ask(request, answered => world.acknowledged.answer(method, answered));
  const what = `${method} ${path.replace('/api/v1/', '')}${body ? ` ${JSON.stringify(body)}` : ''}`;
  world.timeline.note(name, `${what}: ${tell(answer)}`);
  return answer !== 'cut' && world.fault('answer to browser lost', name) ? 'cut' : answer;
}

/** The view in an answer, of a booking or of a charge; undefined where there is none. */
export function viewIn(answer: Answer | 'cut'): BookingView | ChargeView | undefined {
  if (answer === 'cut' || answer.status >= 400) return undefined;
  const { booking, charge, state } = (answer.body ?? {}) as {
    booking?: BookingView;
    charge?: ChargeView;
    state?: string;
  };
  return booking ?? charge ?? (state ? (answer.body as BookingView | ChargeView) : undefined);
}

function tell(answer: Answer | 'cut'): string {
  if (answer === 'cut') return 'no answer';
  const { code } = (answer.body ?? {}) as { code?: string };
  const view = viewIn(answer);
  const seen = view && `${view.reference} ${view.state}${view.payment ? `, payment ${view.payment.state}` : ''}`;
  return [answer.status, code ?? seen].filter(Boolean).join(' ');
}
