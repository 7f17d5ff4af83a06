import * as v from 'valibot';
import { FaultsAnswer, SimulatorState } from './simulator-state.ts';

const Complaint = v.object({ error: v.string() });

/** Does something to the simulated world; what came of it arrives as a new state. Throws a sentence for people. */
export async function control(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<void> {
  const answer = await fetch(`/simulator${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (answer.ok) return;
  const complaint = v.safeParse(Complaint, await answer.json().catch(() => undefined));
  throw new Error(complaint.success ? complaint.output.error : `The simulator answered ${answer.status}.`);
}

export async function fetchFaults(): Promise<v.InferOutput<typeof FaultsAnswer>['available']> {
  const answer = await fetch('/simulator/faults');
  return v.parse(FaultsAnswer, await answer.json()).available;
}

/** Calls `tell` with every state, and with undefined while there is no connection; the browser tries again by itself. */
export function watchSimulator(tell: (state: SimulatorState | undefined) => void): void {
  const events = new EventSource('/simulator/events');
  events.onmessage = ({ data }) => tell(v.parse(v.pipe(v.string(), v.parseJson(), SimulatorState), data));
  events.onerror = () => tell(undefined);
}
