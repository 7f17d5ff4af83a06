import assert from 'node:assert/strict';
import { constants, privateDecrypt } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { createDaraja } from '../../server/gateway/daraja/daraja.ts';
import type { Initiator } from '../../server/gateway/daraja/settings.ts';
import type { RefundAnswer, RefundRequest } from '../../server/gateway/gateway.ts';
import { systemClock } from '../../shared/clock.ts';
import { makeCertificate } from './certificate.ts';
import * as s from './scripted-daraja.ts';

const { privateKey, publicKey, certificate } = makeCertificate();
const INITIATOR: Initiator = { name: 'apiop37', password: 'Pass#word$%&', certificate };
const REFUND: RefundRequest = {
  receiptNumber: 'NLJ7RT61SV',
  amount: { amount: 135_000, currency: 'KES' },
  callbackToken: s.TOKEN,
  by: 'Asha',
};
const CONVERSATION = 'AG_20210706_20106e9209f64bebd05b';
const ACKNOWLEDGED = {
  OriginatorConversationID: 'f1e2-4b95-a71d-b30d3cdbb7a7735297',
  ConversationID: CONVERSATION,
  ResponseCode: '0',
  ResponseDescription: 'Accept the service request successfully.',
};

async function openRefunds(t: TestContext, initiator: Initiator = INITIATOR) {
  const world = await s.openWorld(t, { initiator });
  const { refunds } = world.daraja;
  assert.ok(refunds);
  return { ...world, send: (change: Partial<RefundRequest> = {}) => refunds.send({ ...REFUND, ...change }) };
}

const decrypt = (credential: string) =>
  privateDecrypt(
    { key: privateKey, padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(credential, 'base64'),
  ).toString();

test('a refund is a reversal of the whole payment, spelt as Daraja spells it', async t => {
  const { send, say, calls } = await openRefunds(t);
  say(s.REVERSAL, s.json(200, ACKNOWLEDGED));
  assert.deepEqual(await send(), { answer: 'accepted', conversationId: CONVERSATION });
  const [heard] = calls(s.REVERSAL);
  assert.equal(heard?.headers.authorization, 'Bearer first-token');
  const { SecurityCredential, ...fields } = JSON.parse(heard?.body ?? '');
  assert.deepEqual(fields, {
    Initiator: 'apiop37',
    CommandID: 'TransactionReversal',
    TransactionID: 'NLJ7RT61SV',
    Amount: '1350',
    ReceiverParty: '174379',
    RecieverIdentifierType: '11',
    ResultURL: `https://tickets.example/callbacks/daraja/refunds/${s.TOKEN}`,
    QueueTimeOutURL: `https://tickets.example/callbacks/daraja/refunds/${s.TOKEN}/timeout`,
    Remarks: 'Ticket refund',
  });
  assert.equal(SecurityCredential.length, 344);
  assert.equal(decrypt(SecurityCredential), INITIATOR.password, 'the password and nothing else');
});

test('a bare public key does as well as a certificate', async t => {
  const { send, say, calls } = await openRefunds(t, { ...INITIATOR, certificate: publicKey });
  say(s.REVERSAL, s.json(200, ACKNOWLEDGED));
  await send();
  assert.equal(decrypt(JSON.parse(calls(s.REVERSAL)[0]?.body ?? '').SecurityCredential), INITIATOR.password);
});

test('the password is encrypted once, however many refunds there are', async t => {
  const { send, say, calls } = await openRefunds(t);
  say(s.REVERSAL, s.json(200, ACKNOWLEDGED));
  await Promise.all([send(), send({ receiptNumber: 'NLJ7RT61SW' })]);
  const [one, other] = calls(s.REVERSAL).map(heard => JSON.parse(heard.body).SecurityCredential);
  assert.equal(one, other);
});

test('without an initiator money goes back by hand; with a certificate that is none nothing starts', async t => {
  const { daraja } = await s.openWorld(t);
  assert.equal(daraja.refunds, null);
  const open = (text: string) => () =>
    createDaraja(s.settingsFor('http://gateway.invalid', { initiator: { ...INITIATOR, certificate: text } }), {
      send: async () => ({ result: 'not_sent', why: 'test' }),
      clock: systemClock,
    });
  for (const text of ['', 'MIIB', certificate.slice(0, 400), certificate.replace(/A/g, 'B')]) assert.throws(open(text));
  assert.doesNotThrow(open(certificate));
});

for (const [what, change, code] of [
  ['cents', { amount: { amount: 135_050, currency: 'KES' } }, 'unsent:amount'],
  ['nothing', { amount: { amount: 0, currency: 'KES' } }, 'unsent:amount'],
  ['less than nothing', { amount: { amount: -100, currency: 'KES' } }, 'unsent:amount'],
  ['more than a payment can be', { amount: { amount: 25_000_100, currency: 'KES' } }, 'unsent:amount'],
  ['another currency', { amount: { amount: 135_000, currency: 'TZS' } }, 'unsent:amount'],
  ['an empty receipt number', { receiptNumber: '' }, 'unsent:receipt'],
  ['a receipt number that is none', { receiptNumber: ' NLJ7RT61SV' }, 'unsent:receipt'],
] as const)
  test(`a refund of ${what} is refused and never sent`, async t => {
    const { send, calls } = await openRefunds(t);
    assert.deepEqual(await send(change), { answer: 'refused', code, retry: { after: 'no' } });
    assert.equal(calls('/').length, 0);
  });

const soon = { after: 'wait', seconds: 60 } as const;
const never = { after: 'no' } as const;
const refused: [what: string, answer: s.Answer, refusal: RefundAnswer][] = [
  [
    'an invalid field',
    s.error(400, '400.002.02', 'Bad Request - Invalid RecieverIdentifierType'),
    { answer: 'refused', code: '400.002.02', retry: never },
  ],
  [
    'a wrong path',
    s.error(404, '404.001.01', 'Resource not found'),
    { answer: 'refused', code: '404.001.01', retry: never },
  ],
  [
    'spike arrest',
    s.error(500, '500.003.02', 'Error Occurred: Spike Arrest Violation'),
    { answer: 'refused', code: '500.003.02', retry: soon },
  ],
  ['a quota', s.error(500, '500.003.03', 'Quota Violation'), { answer: 'refused', code: '500.003.03', retry: soon }],
  [
    'a rate limit that says how long',
    s.spikeArrest({ 'retry-after': '90' }),
    {
      answer: 'refused',
      code: 'policies.ratelimit.SpikeArrestViolation',
      retry: { after: 'wait', seconds: 90 },
    },
  ],
  [
    'a token that is never taken',
    s.error(404, '404.001.03', 'Invalid Access Token'),
    { answer: 'refused', code: '404.001.03', retry: soon },
  ],
  [
    'an app without this product',
    s.json(403, { fault: { faultstring: 'Invalid API call as no apiproduct match found' } }),
    { answer: 'refused', code: 'fault', retry: never },
  ],
];
for (const [what, answer, refusal] of refused)
  test(`a refund answered with ${what} is refused: nothing will happen`, async t => {
    const { send, say } = await openRefunds(t);
    say(s.REVERSAL, answer);
    assert.deepEqual(await send(), refusal);
  });

const unknown: [what: string, answer: s.Answer, why: string][] = [
  ['an error of their own', s.error(500, '500.001.1001', 'Internal Server Error'), 'HTTP 500 500.001.1001'],
  ['a busy system', s.error(500, '500.003.02', 'System is busy.'), 'HTTP 500 500.003.02'],
  ['a page', s.text(200, '<html>'), 'HTTP 200'],
  ['a firewall’s page', s.text(503, s.incapsula), 'HTTP 503'],
  ['nothing', s.text(200, ''), 'HTTP 200'],
  ['a bare 429', s.text(429, ''), 'HTTP 429'],
  ['an acknowledgement without its id', s.json(200, { ...ACKNOWLEDGED, ConversationID: ' ' }), 'HTTP 200'],
  ['another ResponseCode', s.json(200, { ...ACKNOWLEDGED, ResponseCode: '1' }), 'HTTP 200'],
  ['no ResponseCode', s.json(200, { ConversationID: CONVERSATION }), 'HTTP 200'],
  ['an acknowledgement under HTTP 202', s.json(202, ACKNOWLEDGED), 'HTTP 202'],
];
for (const [what, answer, why] of unknown)
  test(`a refund answered with ${what} is unknown, and sent only once`, async t => {
    const { send, say, calls } = await openRefunds(t);
    say(s.REVERSAL, answer);
    assert.deepEqual(await send(), { answer: 'unknown', why });
    assert.equal(calls(s.REVERSAL).length, 1);
  });

for (const code of ['0', 0, ' 0 '])
  test(`a refund is acknowledged by ${JSON.stringify(code)}`, async t => {
    const { send, say } = await openRefunds(t);
    say(s.REVERSAL, s.json(200, { ...ACKNOWLEDGED, ResponseCode: code }));
    assert.equal((await send()).answer, 'accepted');
  });

test('a refund whose answer is lost or late is unknown, one that never left is refused', async t => {
  const { send, say, asked, clock } = await openRefunds(t);
  say(s.OAUTH, s.text(503, s.incapsula), s.grant('second'));
  say(s.REVERSAL, s.reset, s.hang);
  assert.deepEqual(await send(), { answer: 'refused', code: 'oauth:HTTP 503', retry: soon });
  assert.equal((await send()).answer, 'unknown');
  const sending = send();
  await asked(s.REVERSAL, 2);
  clock.move(20_000);
  assert.deepEqual(await sending, { answer: 'unknown', why: 'timeout' });
});

test('a refund whose token ran out is sent once more with a new one', async t => {
  const { send, say, calls } = await openRefunds(t);
  say(s.OAUTH, s.grant('first'), s.grant('second'));
  say(s.REVERSAL, s.error(404, '404.001.03', 'Invalid Access Token'), s.json(200, ACKNOWLEDGED));
  assert.equal((await send()).answer, 'accepted');
  assert.deepEqual(
    calls(s.REVERSAL).map(heard => heard.headers.authorization),
    ['Bearer first', 'Bearer second'],
  );
});
