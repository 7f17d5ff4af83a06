import { pause } from '../../shared/clock.ts';
import type { Chance } from './chance.ts';
import type { Answer, Request } from './in-memory-http.ts';
import type { World } from './world.ts';

const OFFICE = '/api/v1/box-office/';
const TRIES_MAX = 4; // Of one request whose answer was lost.

/** Somebody of the box office who is signed in. What they do is drawn as they go. */
export interface Worker {
  name: string;
  cookie: string;
  chance: Chance;
}

export interface Wish {
  method: Request['method'];
  path: string;
  body?: unknown;
  /** For what must not be done twice. */
  key?: string;
  /** Hears the answer to another press at the same moment; undefined until it is there. */
  twice?(answer?: Answer | 'cut'): void;
}

/** Again until there is an answer, and as the same request; the nervous press twice. */
export async function insist(world: World, worker: Worker, wish: Wish): Promise<Answer | 'cut'> {
  if (worker.chance.happens(0.15)) void pressTwice(world, worker, wish);
  for (let tries = 1; ; tries++) {
    const answer = await send(world, worker, wish);
    if ((answer !== 'cut' && answer.status < 500) || tries === TRIES_MAX) return answer;
    await pause(world.time, worker.chance.between(500, 15_000));
  }
}

async function pressTwice(world: World, worker: Worker, wish: Wish): Promise<void> {
  wish.twice?.();
  const answer = await send(world, worker, wish);
  wish.twice?.(answer);
}

export async function send(world: World, { name, cookie }: Worker, wish: Wish): Promise<Answer | 'cut'> {
  const { method, path, body, key } = wish;
  const headers = {
    cookie,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key !== undefined && { 'idempotency-key': key }),
  };
  const request = {
    ...{ method, path: OFFICE + path, headers, fromAddress: '198.51.100.99' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const answer = await world.machine.ask(request, answered => {
    world.acknowledged.answer(method, answered);
    world.acknowledged.decision(path, answered.status, body);
  });
  world.timeline.note(name, `${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}: ${tell(answer)}`);
  return answer !== 'cut' && world.fault('answer to browser lost', name) ? 'cut' : answer;
}

function tell(answer: Answer | 'cut'): string {
  if (answer === 'cut') return 'no answer';
  const { code, detail, sale } = (answer.body ?? {}) as Record<string, string> & { sale?: Record<string, unknown> };
  return [answer.status, code, detail, sale && `${sale.reference} ${sale.state}`].filter(Boolean).join(' ');
}
