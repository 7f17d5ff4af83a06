import type { Parts } from '../parts.ts';
import { issueToken, refuseStranger } from './access.ts';
import { registerUrls } from './c2b.ts';
import { push } from './push.ts';
import { query } from './query.ts';
import { REFUSALS } from './refusals.ts';
import { requestReversal } from './reversal.ts';
import { queryStatement, registerStatement } from './statement.ts';
import { queryStatus } from './status.ts';
import { type GatewayAnswer, type GatewayRequest, refusal } from './wire.ts';

type Product = (parts: Parts, body: Record<string, unknown>) => GatewayAnswer | Promise<GatewayAnswer>;

const OAUTH_PATH = '/oauth/v1/generate';
const PRODUCTS: Record<string, Product> = {
  '/mpesa/stkpush/v1/processrequest': push,
  '/mpesa/stkpushquery/v1/query': query,
  '/mpesa/reversal/v1/request': requestReversal,
  '/pulltransactions/v1/register': registerStatement,
  '/pulltransactions/v1/query': queryStatement,
  '/mpesa/transactionstatus/v1/query': queryStatus,
  '/mpesa/c2b/v1/registerurl': registerUrls,
  '/mpesa/c2b/v2/registerurl': registerUrls,
};

export function isDarajaPath(path: string): boolean {
  return /^\/(oauth|mpesa|pulltransactions)\//.test(path);
}

/** Daraja's side of every conversation. */
export async function answer(parts: Parts, request: GatewayRequest): Promise<GatewayAnswer> {
  const path = request.path.split('?', 1)[0] ?? '';
  const product = PRODUCTS[path];
  if (!product && path !== OAUTH_PATH) return REFUSALS.notFound(parts.random);
  parts.requests[path] = (parts.requests[path] ?? 0) + 1;
  if (!product) return issueToken(parts, request);
  return refuseManners(parts, request) ?? product(parts, readBody(request) ?? {});
}

/** In the order in which Apigee looks: the verb, the token, the content type, the body. */
function refuseManners(parts: Parts, request: GatewayRequest): GatewayAnswer | undefined {
  if (request.method === 'GET') return REFUSALS.invalidHeader(parts.random);
  if (request.method !== 'POST') return refusal(parts.random, '405.001', `${request.method} Method Not Allowed`);
  const stranger = refuseStranger(parts, request);
  if (stranger) return stranger;
  // Misleading, and so on purpose: Daraja portal, FAQ 9.
  if (!/^application\/json\b/i.test(String(request.headers['content-type'])))
    return REFUSALS.invalidShortCode(parts.random);
  return readBody(request) ? undefined : REFUSALS.invalidPayload(parts.random);
}

function readBody({ body }: GatewayRequest): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}
