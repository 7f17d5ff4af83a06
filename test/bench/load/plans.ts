import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type autocannon from 'autocannon';

/** What a crowd asks, one request after another on each connection. */
export interface Plan {
  requests(isOver: () => void): autocannon.Request[];
  /** Whether an answer with this status is one of those that are counted. */
  counts(status: number): boolean;
  /** The same for one that is neither counted nor wrong: a step on the way. */
  passes?(status: number): boolean;
}

const JSON_HEADERS = { 'content-type': 'application/json' };

export const PLANS = {
  /** One address again and again, with or without knowing what it answered before. */
  get: ({ path, etag }: { path: string; etag?: string }): Plan => ({
    requests: () => [{ method: 'GET', path, ...(etag !== undefined && { headers: { 'if-none-match': etag } }) }],
    counts: status => status === (etag === undefined ? 200 : 304),
  }),

  /** Two places at a showing, each of them in turn. */
  hold: ({ showings }: { showings: number[] }): Plan => {
    let next = 0;
    return {
      requests: () => [
        {
          method: 'POST',
          path: '/api/v1/bookings',
          setupRequest: request => ({ ...request, ...holding(showings[next++ % showings.length] ?? 0) }),
        },
      ],
      counts: status => status === 201,
    };
  },

  /** Places, and the payment for them, from a phone that nobody had before. */
  pay: ({ showings, firstPhone }: { showings: number[]; firstPhone: number }): Plan => {
    let next = 0;
    return {
      requests: () => [
        {
          method: 'POST',
          path: '/api/v1/bookings',
          setupRequest: request => ({ ...request, ...holding(showings[next++ % showings.length] ?? 0) }),
          onResponse(_status, body, context) {
            Object.assign(context, { bookingId: JSON.parse(body).booking.bookingId });
          },
        },
        {
          method: 'POST',
          setupRequest(request, context) {
            const { bookingId } = context as { bookingId: string };
            const phone = `2547${String(firstPhone + next++).padStart(8, '0')}`;
            return {
              ...request,
              path: `/api/v1/bookings/${bookingId}/payments`,
              headers: { ...JSON_HEADERS, 'idempotency-key': randomUUID() },
              body: JSON.stringify({ gateway: 'daraja', phone }),
            };
          },
        },
      ],
      counts: status => status === 202,
      passes: status => status === 201,
    };
  },

  /** Each line of a file once: a path, and what is posted there. */
  post: ({ file }: { file: string }): Plan => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    let next = 0;
    return {
      requests: isOver => [
        {
          method: 'POST',
          setupRequest(request) {
            const line = lines[Math.min(next++, lines.length - 1)];
            if (next >= lines.length) isOver();
            const [path = '/', body = ''] = line?.split(' ', 2) ?? [];
            return { ...request, path, body, headers: JSON_HEADERS };
          },
        },
      ],
      counts: status => status === 200,
    };
  },
};

function holding(showingId: number) {
  return {
    headers: { ...JSON_HEADERS, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ showingId, quantity: 2, customerName: null, phone: null, email: null }),
  };
}
