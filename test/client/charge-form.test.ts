import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  amountProblem,
  chargeOrder,
  payees,
  purposeProblem,
  readAmount,
  untouchedCharge,
} from '../../client/charge/charge-form.ts';
import { rememberCharge, rememberedCharges } from '../../client/charge/remembered-charges.ts';
import { NO_ANSWER } from '../../client/kit/api.ts';
import { WITH_CHARGES } from '../../client/kit/dictionary-of-charges.ts';
import { createKept } from '../../client/kit/kept.ts';
import { wordsFrom } from '../../client/kit/words.ts';
import { networkOf, networkProblem, orderOf } from '../../client/payment/pay-form.ts';
import type { PayForm } from '../../client/payment/paying-state.ts';
import { aCharge, aVenue, later, NOW } from './views.ts';

const words = wordsFrom(WITH_CHARGES, 'en', 'Africa/Dar_es_Salaam');
const [payee] = payees([aVenue()]);
assert.ok(payee);
const typed = untouchedCharge('');

test('amounts are whole shillings, with or without marks for the thousands', () => {
  assert.equal(readAmount('15000'), 1_500_000);
  assert.equal(readAmount(' 15,000 '), 1_500_000);
  assert.equal(readAmount('1 500 000'), 150_000_000);
  for (const unclear of ['', '1.500', '15,00', '1,5', '-5', '5e3', 'TZS 500', '15 0000', '1'.repeat(13)])
    assert.equal(readAmount(unclear), null, unclear);
});

test('an amount is measured by what the venue takes', () => {
  const problem = (amount: string, amountWasLeft = true) =>
    amountProblem({ ...typed, amount, amountWasLeft }, payee, words);
  assert.equal(problem('1000'), '');
  assert.equal(problem('3,000,000'), '');
  assert.match(problem('999'), /from TZS\s1,000 to TZS\s3,000,000/);
  assert.match(problem('3000001', false), /from TZS/);
  assert.match(problem('1.5', false), /such as 15,000/);
});

test('nobody is told of a problem while still typing', () => {
  const typing = (amount: string) => amountProblem({ ...typed, amount }, payee, words);
  for (const soFar of ['', '9', '15,', '15,0']) assert.equal(typing(soFar), '', soFar);
  assert.notEqual(amountProblem({ ...typed, wasTried: true }, payee, words), '');
});

test('what it is for must be said, and fit on a receipt', () => {
  const problem = (purpose: string, wasTried = true) => purposeProblem({ ...typed, purpose, wasTried }, null, words);
  assert.equal(problem('', false), '');
  assert.notEqual(problem('  '), '');
  assert.equal(problem('x'.repeat(120)), '');
  assert.match(problem('x'.repeat(121)), /120/);
  assert.notEqual(purposeProblem({ ...typed, purpose: 'x' }, { ...NO_ANSWER, fields: ['purpose'] }, words), '');
});

const paying = (form: Partial<PayForm>, currency: 'TZS' | 'KES' = 'TZS') => ({
  form: { ...typed, ...form },
  payable: {
    amount: { amount: 0, currency },
    gateways: [currency === 'TZS' ? ('pesapal' as const) : ('daraja' as const)],
  },
  trouble: null,
  now: new Date(NOW),
});

test('the number suggests its network as it is typed, until one is chosen by hand', () => {
  const typing = (phone: string) => networkOf(paying({ phone }));
  assert.deepEqual(['0', '07', '075', '0754 123', '+255 71', '255651', '062'].map(typing), [
    null,
    null,
    'mpesa',
    'mpesa',
    'mixx',
    'mixx',
    'halopesa',
  ]);
  assert.equal(networkOf(paying({ phone: '0754 123 456', network: 'airtel' })), 'airtel');
});

test('a network must be chosen where the gateway serves several, and is asked for nowhere else', () => {
  const unclear = { phone: '0734 000 000', wasTried: true };
  assert.equal(networkProblem(paying(unclear), words), 'Choose the network that pays.');
  assert.equal(networkProblem(paying({ ...unclear, wasTried: false }), words), '');
  assert.equal(networkProblem(paying({ ...unclear, network: 'mixx' }), words), '');
  assert.equal(networkProblem(paying(unclear, 'KES'), words), '');
});

test('the network is sent to the gateway with networks only', () => {
  const form = { phone: '0754 123 456' };
  assert.deepEqual(orderOf(paying(form), 'pesapal'), { gateway: 'pesapal', phone: form.phone, network: 'mpesa' });
  assert.deepEqual(orderOf(paying(form, 'KES'), 'daraja'), { gateway: 'daraja', phone: form.phone });
});

test('what is sent is the venue, the amount in its money, the purpose and how it is paid', () => {
  const order = { gateway: 'pesapal', phone: '0754 123 456', network: 'mpesa' } as const;
  const sent = chargeOrder({ ...typed, amount: '15,000', purpose: ' Popcorn ' }, payee, order);
  assert.deepEqual(sent, { venueId: 2, amount: { amount: 1_500_000, currency: 'TZS' }, purpose: 'Popcorn', ...order });
  assert.equal(chargeOrder(typed, payee, order), null);
});

test('only venues that take charges, and can take them now, are offered', () => {
  const venues = [aVenue(), aVenue({ venueId: 3, charges: null }), aVenue({ venueId: 4, gateways: [] })];
  assert.deepEqual(
    payees(venues).map(({ venueId }) => venueId),
    [2],
  );
});

test('the device remembers the last five charges for a day, each once, as they last stood', () => {
  const kept = createKept({ getItem: () => null, setItem: () => {}, removeItem: () => {} });
  for (let one = 0; one < 7; one++) rememberCharge(kept, aCharge({ chargeId: `${one}`.repeat(32) }));
  rememberCharge(kept, aCharge({ chargeId: '4'.repeat(32), state: 'paid', now: later(60) }));
  const known = rememberedCharges(kept, new Date(later(3_600)));
  assert.deepEqual(
    known.map(({ chargeId, state }) => `${chargeId[0]} ${state}`),
    ['4 paid', '6 open', '5 open', '3 open', '2 open'],
  );
  assert.deepEqual(rememberedCharges(kept, new Date(later(24 * 3_600))), []);
});
