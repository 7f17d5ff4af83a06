import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const TOKEN = JSON.stringify({ access_token: 'bench', expires_in: '3599' });

let pushes = 0;

/** A Daraja that answers at once and never calls back: what is measured is the other side. */
const server = createServer((request, answer) => {
  request.resume().once('end', () => {
    answer.setHeader('content-type', 'application/json');
    answer.end(request.url?.startsWith('/oauth') ? TOKEN : accepted(++pushes));
  });
}).listen(0, '127.0.0.1');

function accepted(number: number): string {
  return JSON.stringify({
    MerchantRequestID: `29115-${number}-1`,
    CheckoutRequestID: `ws_CO_${number}`,
    ResponseCode: '0',
    ResponseDescription: 'Success. Request accepted for processing',
    CustomerMessage: 'Success. Request accepted for processing',
  });
}

await once(server, 'listening');
process.once('message', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
