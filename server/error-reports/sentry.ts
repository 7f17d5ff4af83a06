import { createTransport, type ErrorEvent, type Event } from '@sentry/core';
import { ServerRuntimeClient } from '@sentry/core/server';
import { Agent, request } from 'undici';
import { describeError, type ErrorDescription } from './describe-error.ts';
import type { Reports } from './reporting.ts';
import { scrub } from './scrub.ts';

const TIMEOUT_MS = 5_000;
const WAITING_MAX = 20; // Reports on their way; more than that, and whoever takes them is not there.
const GOODBYE_MS = 1_000; // At the end, for what is on its way.

/**
 * Sentry's own client for servers, with nothing around it: no instrumentation, no breadcrumbs, no requests, no names of
 * machines. (@sentry/node would bring all of that, and 80 MB of tools for bundlers.)
 */
export function createSentry(dsn: string, environment: string): Reports {
  const agent = new Agent({ connections: 1, pipelining: 1 });
  const client = new ServerRuntimeClient({
    dsn,
    environment,
    platform: 'node',
    integrations: [],
    stackParser: () => [],
    sendClientReports: false,
    traceLifecycle: 'static',
    transport: options =>
      createTransport({ ...options, bufferSize: WAITING_MAX }, wish => post(agent, options.url, wish)),
    beforeSend: onlyOurs,
  });
  client.init();
  return {
    report(error, what) {
      client.captureEvent({ level: 'error', tags: { what: scrub(what) }, exception: exceptionOf(error) });
    },
    async close() {
      await client.close(GOODBYE_MS);
      await agent.destroy();
    },
  };
}

async function post(agent: Agent, url: string, { body }: { body: string | Uint8Array }) {
  const headers = { 'content-type': 'application/x-sentry-envelope' };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const answer = await request(url, { method: 'POST', dispatcher: agent, headers, body, signal });
  await answer.body.dump();
  return {
    statusCode: answer.statusCode,
    headers: {
      'x-sentry-rate-limits': textOf(answer.headers['x-sentry-rate-limits']),
      'retry-after': textOf(answer.headers['retry-after']),
    },
  };
}

function textOf(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}

/** The cause stands before what it caused, and the innermost frame last: so Sentry wants it. */
function exceptionOf(error: unknown): NonNullable<Event['exception']> {
  return { values: describeError(error).map(toValue).reverse() };
}

function toValue({ type, message, frames }: ErrorDescription) {
  return {
    type,
    value: message,
    stacktrace: {
      frames: frames
        .map(({ file, line, column, ...frame }) => ({
          ...{ function: frame.function, filename: file, lineno: line, colno: column },
          in_app: file.startsWith('server/') || file.startsWith('shared/'),
        }))
        .reverse(),
    },
  };
}

/** Field by field: whatever the library may think of adding one day stays here. */
function onlyOurs({ event_id, timestamp, level, environment, exception, tags }: ErrorEvent): ErrorEvent {
  return {
    type: undefined,
    platform: 'node',
    ...(event_id && { event_id }),
    ...(timestamp && { timestamp }),
    ...(level && { level }),
    ...(environment && { environment }),
    ...(exception && { exception }),
    ...(tags && { tags }),
  };
}
