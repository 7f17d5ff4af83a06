import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, proper, simulate } from './simulated.ts';

const PUSH = '/mpesa/stkpush/v1/processrequest';

test('an accepted push is answered with strings, and a prompt opens', async t => {
  const { renewToken, push, control } = await simulate(t);
  await renewToken();
  const { status, text, body } = proper(await push());
  assert.equal(status, 200);
  assert.match(
    text,
    /^\{"MerchantRequestID":"[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\d+","CheckoutRequestID":"ws_CO_22112026133400000712345678","ResponseCode":"0","ResponseDescription":"Success. Request accepted for processing","CustomerMessage":"Success. Request accepted for processing"\}$/,
  );
  const phone = (await control('GET', `/phones/${PHONE}`)).body;
  assert.deepEqual(phone.prompt, {
    gateway: 'daraja',
    currency: 'KES',
    checkoutRequestId: body.CheckoutRequestID,
    merchant: 'Tiketi Cinema',
    amount: 1350,
    accountReference: 'TK7M2P9QR',
    expiresAt: '2026-11-22T10:35:00.000Z',
    ignored: false,
  });
});

test('numbers and strings are the same', async t => {
  const { renewToken, push } = await simulate(t);
  await renewToken();
  const change = {
    BusinessShortCode: 174379,
    PartyB: 174379,
    PartyA: 254712345678,
    PhoneNumber: 254712345678,
    Amount: '10',
  };
  assert.equal(proper(await push(change)).status, 200);
});

const WRONG: [field: string, value: unknown][] = [
  ['BusinessShortCode', '12'],
  ['Password', undefined],
  ['Timestamp', '2026-11-22 13:34'],
  ['Timestamp', '20261322133400'],
  ['TransactionType', 'PayMe'],
  ['Amount', 0],
  ['Amount', 10.5],
  ['Amount', '-3'],
  ['PartyA', '0712345678'],
  ['PartyB', ''],
  ['PhoneNumber', '+254712345678'],
  ['PhoneNumber', '254512345678'],
  ['CallBackURL', 'nowhere'],
  ['CallBackURL', 'https://example.com/mpesa/1'],
  ['CallBackURL', 'https://example.com/SafariCom'],
  ['CallBackURL', 'https://example.com/callbacks/exec'],
  ['AccountReference', undefined],
];

test('a field that is missing or wrong is named, and nothing reaches the phone', async t => {
  const { renewToken, push, control } = await simulate(t);
  await renewToken();
  for (const [field, value] of WRONG) {
    const { status, body } = proper(await push({ [field]: value }));
    assert.equal(status, 400, field);
    assert.equal(body.errorCode, '400.002.02');
    assert.equal(body.errorMessage, `Bad Request - Invalid ${field}`);
  }
  assert.deepEqual((await control('GET', '/phones')).body, { phones: [] });
});

test('a wrong content type gets the misleading answer', async t => {
  const { renewToken, product, pushBody } = await simulate(t);
  await renewToken();
  const { body } = proper(await product(PUSH, pushBody(), { 'content-type': 'text/plain' }));
  assert.equal(body.errorMessage, 'Bad Request - Invalid BusinessShortCode');
});

test('what is no JSON, no POST or no path is refused as Daraja does', async t => {
  const { renewToken, product, url } = await simulate(t);
  const authorization = `Bearer ${await renewToken()}`;
  assert.equal(proper(await product(PUSH, '{')).body.errorCode, '400.002.05');
  assert.equal(proper(await product('/mpesa/nothing', '{}')).body.errorCode, '404.001.01');
  const got = await (await fetch(url + PUSH, { headers: { authorization } })).json();
  assert.equal((got as Record<string, unknown>).errorCode, '404.001.04');
  const put = await fetch(url + PUSH, { method: 'PUT', headers: { authorization } });
  assert.equal(put.status, 405);
});

test('a foreign short code and a wrong Password are two meanings of one code', async t => {
  const { renewToken, push } = await simulate(t);
  await renewToken();
  const merchant = proper(await push({ BusinessShortCode: '600000', PartyB: '600000' }));
  assert.deepEqual(
    [merchant.status, merchant.body.errorCode, merchant.body.errorMessage],
    [500, '500.001.1001', 'Merchant does not exist'],
  );
  const password = proper(await push({ Timestamp: '20261122133401' }));
  assert.deepEqual(
    [password.status, password.body.errorCode, password.body.errorMessage],
    [500, '500.001.1001', 'Wrong credentials'],
  );
});

test('what Daraja accepts but cannot carry out ends in a result, without a prompt', async t => {
  const doomed: [change: Record<string, unknown>, code: string][] = [
    [{ Amount: 250_001 }, '3'],
    [{ PartyB: '600000' }, '2028'],
    [{ TransactionType: 'CustomerBuyGoodsOnline', PartyB: '500000' }, '"SFC_IC0003"'],
    [{ AccountReference: 'THIRTEENCHARS' }, '1025'],
    [{ AccountReference: 'A&B' }, '1025'],
    [{ TransactionDesc: 'Fourteen chars' }, '1025'],
  ];
  for (const [change, code] of doomed) {
    const { renewToken, push, advance, received, control } = await simulate(t);
    await renewToken();
    assert.equal(proper(await push(change)).status, 200);
    assert.equal((await control('GET', `/phones/${PHONE}`)).body.prompt, null);
    await advance(5_000);
    assert.match(received[0] ?? '', new RegExp(`"ResultCode":${code},`));
  }
});

test('Buy Goods goes to the till and nowhere else', async t => {
  const { renewToken, push, control } = await simulate(t, { tillNumber: '500000' });
  await renewToken();
  await push({ TransactionType: 'CustomerBuyGoodsOnline', PartyB: '500000' });
  assert.notEqual((await control('GET', `/phones/${PHONE}`)).body.prompt, null);
});

test('a second push while a prompt is open finds the subscriber locked', async t => {
  const { renewToken, push } = await simulate(t);
  await renewToken();
  await push();
  const { status, body } = proper(await push({ Amount: 20 }));
  assert.equal(status, 500);
  assert.equal(body.errorCode, '500.001.1001');
  assert.match(String(body.errorMessage), /^Unable to lock subscriber/);
});

test('the same amount again within two minutes ends in 17, afterwards it does not', async t => {
  const { renewToken, push, control, advance, received } = await simulate(t);
  await renewToken();
  await push();
  await control('POST', `/phones/${PHONE}/cancel`);
  await advance(60_000);
  await push();
  await advance(10_000);
  assert.match(received[1] ?? '', /"ResultCode":17,"ResultDesc":"Rule limited."/);
  await push({ Amount: 20 });
  await control('POST', `/phones/${PHONE}/cancel`);
  await advance(50_000);
  await push();
  assert.notEqual((await control('GET', `/phones/${PHONE}`)).body.prompt, null);
});
