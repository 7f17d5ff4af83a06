import { type Random, randomFraction, randomHex } from '../../../shared/random.ts';

/** A request as it reached the gateway; `path` with its query, header names in lower case. */
export interface GatewayRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** `reset` breaks the connection, `hang` never says anything. */
export type GatewayAnswer = Answered | { drop: 'reset' | 'hang' };

export function json(status: number, body: unknown): Answered {
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: JSON.stringify(body) };
}

/** The normal error envelope; the HTTP status is the front of the code (Daraja portal, error responses). */
export function refusal(random: Random, errorCode: string, errorMessage: string): Answered {
  return json(Number(errorCode.slice(0, 3)), { requestId: gatewayId(random), errorCode, errorMessage });
}

/** Three groups of hex, then one with a counter behind it: `2654-4b64-97ff-b827b542881d3130`. */
export function gatewayId(random: Random): string {
  const groups = [2, 2, 2, 6].map(bytes => randomHex(random, bytes)).join('-');
  return groups + Math.floor(1_000 + randomFraction(random) * 9_000_000);
}
