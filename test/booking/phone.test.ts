import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashesOf, hashPhone, keepPhone, readPhone } from '../../server/booking/read-phone.ts';
import { createVault } from '../../server/database/vault.ts';
import { isMobile, looksLikeMobile, maskPhone } from '../../shared/phone.ts';
import { seededRandom } from '../support/seeded-random.ts';

const SPELLINGS = [
  '0712345678',
  '0712 345 678',
  '0712-345-678',
  '(0712) 345 678',
  '+254712345678',
  '+254 712 345 678',
  '+254 (0) 712 345 678',
  '254712345678',
  '254 712 345678',
  '00254712345678',
  '712345678',
  '712 345 678',
  ' 0712345678 ',
  '0712.345.678',
];

test('a number is the same number however people write it', () => {
  for (const typed of SPELLINGS) assert.equal(readPhone(typed, 'KE'), '254712345678', typed);
  for (const typed of ['0110 123 456', '+254110123456', '110123456'])
    assert.equal(readPhone(typed, 'KE'), '254110123456', typed);
});

test('the same digits are another number in another country', () => {
  for (const typed of ['0712345678', '712345678', '+255712345678', '255712345678'])
    assert.equal(readPhone(typed, 'TZ'), '255712345678', typed);
  assert.equal(readPhone('0612 345 678', 'TZ'), '255612345678');
});

test('what is no mobile number of the country is refused', () => {
  const wrong = [
    '',
    'hello',
    '0712',
    '071234567',
    '07123456789',
    '0212345678',
    '+254202345678',
    '+255712345678',
    '+447911123456',
    '254254712345678',
    '0812345678',
    '999',
    'tel:',
    "0712345678' or 1=1",
    '٠٧١٢٣٤٥٦٧٨9',
  ];
  for (const typed of wrong) assert.throws(() => readPhone(typed, 'KE'), { code: 'invalid_phone' }, typed);
});

test('the quick look in the browser never says no to what the server takes', () => {
  for (const typed of SPELLINGS) {
    assert.equal(looksLikeMobile(typed, 'KE'), 'yes', typed);
    for (let length = 1; length < typed.length; length++)
      assert.notEqual(looksLikeMobile(typed.slice(0, length), 'KE'), 'no', typed.slice(0, length));
  }
  for (const typed of ['0712345678901', '0212345678', 'abc']) assert.equal(looksLikeMobile(typed, 'KE'), 'no', typed);
});

test('I15 a number is kept so that only its key can read it, and shown so that only its owner knows it', () => {
  const vault = createVault('a key of at least thirty-two characters', seededRandom(1));
  const kept = keepPhone('254712345678', vault);
  assert.equal(kept.phoneMasked, '2547•••••678');
  assert.equal(vault.open(kept.phoneSealed), '254712345678');
  assert.ok(!JSON.stringify(kept).includes('12345'));
  assert.notEqual(kept.phoneHash, kept.phoneTailHash);
  assert.equal(keepPhone('254799995678', vault).phoneTailHash, kept.phoneTailHash, 'found by its last four digits');
  assert.notEqual(keepPhone('254712345679', vault).phoneHash, kept.phoneHash);
});

test('without a country, a number is looked for in every one that it could be of', () => {
  const vault = createVault('a key of at least thirty-two characters', seededRandom(1));
  assert.deepEqual(hashesOf('0712 345 678', vault), [
    hashPhone('254712345678', vault),
    hashPhone('255712345678', vault),
  ]);
  assert.deepEqual(hashesOf('+255712345678', vault), [hashPhone('255712345678', vault)]);
  assert.throws(() => hashesOf('12', vault), { code: 'invalid_phone' });
});

test('mobile numbers have their country’s length and beginning', () => {
  assert.ok(isMobile('254712345678', 'KE') && isMobile('254110123456', 'KE') && isMobile('255612345678', 'TZ'));
  for (const digits of ['254612345678', '25471234567', '2547123456789', '255712345678'])
    assert.equal(isMobile(digits, 'KE'), false, digits);
});

test('a mask of something short shows no more than it has', () => {
  assert.equal(maskPhone('254712345678').length, '254712345678'.length);
  assert.equal(maskPhone('1234567'), '1234567');
});
