import type { SendRequest, Sent } from '../../server/gateway/send.ts';
import type { GatewayAnswer } from '../../server/simulator/daraja/wire.ts';
import { arm, disarm } from '../../server/simulator/fault-lists.ts';
import type { FaultName } from '../../server/simulator/faults.ts';
import type { PesapalFaultName } from '../../server/simulator/pesapal/faults.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import { pause } from '../../shared/clock.ts';
import type { FaultKind } from './faults.ts';
import type { World } from './world.ts';

export const LONGEST_MS = 25_000; // Longer than we wait.

/** What one request to a gateway meets there. */
interface Oddly {
  /** What it is about, for the timeline. */
  reference: string;
  odd: FaultName | PesapalFaultName | null;
  phone: string | null;
}

export function ask(simulator: Simulator, { method, url, headers, body = '' }: SendRequest): Promise<GatewayAnswer> {
  const { host, pathname, search } = new URL(url);
  return simulator.answer({ method, path: pathname + search, headers: { ...headers, host }, body });
}

/** The fault is met by this request, or by none. */
export function askOddly(world: World, simulator: Simulator, wish: SendRequest, { reference, odd, phone }: Oddly) {
  if (!odd) return ask(simulator, wish);
  world.timeline.note('gateway', `meets ${reference} with ${odd}`);
  return oddly(simulator, { odd, phone }, () => ask(simulator, wish));
}

/** The fault is met by what is done now, or by nothing. What it leaves behind for the next token stays. */
export function oddly<T>(simulator: Simulator, { odd, phone }: Pick<Oddly, 'odd' | 'phone'>, doIt: () => T): T {
  const { parts } = simulator;
  if (odd) arm(parts, { fault: odd, phone, times: 1 });
  const done = doIt();
  if (parts.faults.armed.length + parts.pesapal.faults.armed.length > 0) disarm(parts);
  return done;
}

export async function loseOrDelay(
  world: World,
  reference: string,
  answer: Sent | Promise<Sent>,
  [slow, lost]: [FaultKind, FaultKind],
): Promise<Sent> {
  if (world.fault(slow, reference)) await pause(world.time, world.chance.between(1_000, LONGEST_MS));
  return world.fault(lost, reference) ? unanswered('ECONNRESET') : answer;
}

export function toSent(answer: GatewayAnswer): Sent | Promise<Sent> {
  if ('drop' in answer) return answer.drop === 'reset' ? unanswered('ECONNRESET') : never();
  const { status, body } = answer;
  return { result: 'answered', status, headers: {}, body };
}

export const notSent = (why: string): Sent => ({ result: 'not_sent', why });
export const unanswered = (why: string): Sent => ({ result: 'unanswered', why });

/** Whoever waits for it gives up by themselves. */
export function never(): Promise<never> {
  return new Promise(() => {});
}

/** For the timeline: what HTTP says, and the gateway's own code. */
export function tell(sent: Sent | Promise<Sent>): string {
  if (sent instanceof Promise) return 'nothing';
  if (sent.result !== 'answered') return `${sent.result} ${sent.why}`;
  const code = /"(?:ResultCode|ResponseCode|errorCode|errorcode|status_code|code)":"?([\w.]+)/.exec(
    sent.body.replace(/"ResponseCode":"0",|"code":null,/, ''),
  )?.[1];
  return `HTTP ${sent.status}${code ? ` ${code}` : ''}`;
}
