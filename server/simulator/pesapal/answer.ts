import type { GatewayAnswer, GatewayRequest } from '../daraja/wire.ts';
import type { Parts } from '../parts.ts';
import { issueToken, refuseStranger } from './access.ts';
import { cancelOrder } from './cancel-order.ts';
import { listUrls, registerUrl } from './notification-urls.ts';
import { requestRefund } from './refund.ts';
import { REFUSALS } from './refusals.ts';
import { tellStatus } from './status.ts';
import { submitOrder } from './submit-order.ts';
import { json } from './wire.ts';

type Operation = (
  parts: Parts,
  body: Record<string, unknown>,
  request: GatewayRequest,
) => GatewayAnswer | Promise<GatewayAnswer>;

/** Where Pesapal’s API begins, as in its sandbox. */
export const PESAPAL_BASE_PATH = '/pesapalv3';

const TOKEN_PATH = '/api/Auth/RequestToken';
const OPERATIONS: Record<string, { method: 'GET' | 'POST'; run: Operation }> = {
  [TOKEN_PATH]: { method: 'POST', run: issueToken },
  '/api/URLSetup/RegisterIPN': { method: 'POST', run: registerUrl },
  '/api/URLSetup/GetIpnList': { method: 'GET', run: listUrls },
  '/api/Transactions/SubmitOrderRequest': { method: 'POST', run: submitOrder },
  '/api/Transactions/GetTransactionStatus': { method: 'GET', run: (parts, _, request) => tellStatus(parts, request) },
  '/api/Transactions/RefundRequest': { method: 'POST', run: requestRefund },
  '/api/Transactions/CancelOrder': { method: 'POST', run: cancelOrder },
};

export function isPesapalPath(path: string): boolean {
  return path.startsWith(`${PESAPAL_BASE_PATH}/`);
}

/** Pesapal’s side of every conversation. */
export async function answerPesapal(parts: Parts, request: GatewayRequest): Promise<GatewayAnswer> {
  const path = request.path.split('?', 1)[0] ?? '';
  const name = path.slice(PESAPAL_BASE_PATH.length);
  const operation = OPERATIONS[name];
  if (!operation) return nothingHere(path, request);
  parts.requests[path] = (parts.requests[path] ?? 0) + 1;
  if (operation.method !== request.method) return wrongVerb(request);
  const stranger = name === TOKEN_PATH ? undefined : refuseStranger(parts, request);
  if (stranger) return stranger;
  const body = operation.method === 'GET' ? {} : readBody(request);
  return body ? operation.run(parts, body, request) : REFUSALS.invalidParameters();
}

function nothingHere(path: string, { headers }: GatewayRequest): GatewayAnswer {
  const uri = `http://${headers.host ?? 'localhost'}${path}`;
  return json(404, { message: `No HTTP resource was found that matches the request URI '${uri}'.` });
}

function wrongVerb({ method }: GatewayRequest): GatewayAnswer {
  return json(405, { message: `The requested resource does not support http method '${method}'.` });
}

function readBody({ body }: GatewayRequest): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}
