import autocannon from 'autocannon';
import { PLANS, type Plan } from './plans.ts';

/** So much of a plan, against a server, from a process of its own. */
export interface HttpJob {
  url: string;
  connections: number;
  /** Ends by itself where the plan has no more requests. */
  seconds: number;
  /** So many instead, however long they take: not one more, as there would be before a plan that has no more is stopped. */
  amount?: number;
  /** Asked before anything is counted: a server that has just started has not compiled its own code yet. */
  warmUpSeconds: number;
  plan: keyof typeof PLANS;
  /** What the plan needs to know. */
  with: unknown;
}

/** `done`: what was answered as it should be; the rest of what came back stands in `others` by its status. */
export interface HttpResult {
  done: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  others: Record<string, number>;
}

process.once('message', async (job: HttpJob) => {
  process.send?.(await run(job));
});

async function run(job: HttpJob): Promise<HttpResult> {
  const plan: Plan = PLANS[job.plan](job.with as never);
  if (job.warmUpSeconds > 0) await ask(job, plan, job.warmUpSeconds);
  process.send?.('warm');
  return ask(job, plan, job.seconds, job.amount);
}

async function ask({ url, connections }: HttpJob, plan: Plan, duration: number, amount?: number): Promise<HttpResult> {
  const others: Record<string, number> = {};
  let done = 0;
  const begun = performance.now();
  const { promise: ended, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const instance = autocannon(
    amount === undefined
      ? { url, connections, duration, requests: plan.requests(() => instance.stop?.()) }
      : { url, connections, amount, requests: plan.requests(() => {}) },
    (error: Error | null, result) => (error ? reject(error) : resolve(result)),
  );
  instance.on('response', (_client, status) => {
    if (plan.counts(status)) done++;
    else if (!plan.passes?.(status)) others[status] = (others[status] ?? 0) + 1;
  });
  const { errors, latency } = await ended;
  const elapsed = (performance.now() - begun) / 1_000;
  const seconds = amount === undefined ? Math.min(duration, elapsed) : elapsed;
  if (errors > 0) others.errors = errors;
  return { done, seconds, perSecond: done / seconds, p50: latency.p50, p99: latency.p99, others };
}
