import * as v from 'valibot';
import { isMobile } from '../../shared/phone.ts';
import { FAULT_NAMES } from './faults.ts';
import { PESAPAL_FAULT_NAMES } from './pesapal/faults.ts';
import { Balance, Pin } from './settings.ts';

const TIMES_MAX = 1_000;

/** As people write it, in Kenya or with a calling code; kept calling code first. */
export const PhoneNumber = v.pipe(
  v.string(),
  v.transform(typed => typed.replace(/\D/g, '').replace(/^00/, '').replace(/^0/, '254')),
  v.check(
    digits => isMobile(digits, 'KE') || isMobile(digits, 'TZ'),
    'This is not a mobile number of Kenya or Tanzania.',
  ),
);

export const PhoneChange = v.strictObject({
  pin: v.exactOptional(Pin),
  balance: v.exactOptional(Balance),
  on: v.exactOptional(v.boolean()),
  /** 0 unlocks the PIN, 3 locks it. */
  wrongPins: v.exactOptional(v.picklist([0, 1, 2, 3])),
});

export const NewPhone = v.strictObject({ number: PhoneNumber, ...PhoneChange.entries });

export const PinEntry = v.strictObject({ pin: v.string() });

/** To the merchant's number, from the menu of the phone: what people type as account reaches the merchant as it is. */
export const PaidByHand = v.strictObject({
  amount: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  accountReference: v.pipe(v.string(), v.maxLength(40)),
});

export const FaultWish = v.strictObject({
  fault: v.picklist([...FAULT_NAMES, ...PESAPAL_FAULT_NAMES], 'There is no such fault.'),
  phone: v.optional(v.nullable(PhoneNumber), null),
  times: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(TIMES_MAX)), 1),
});
