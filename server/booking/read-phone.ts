import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { COUNTRIES, type Country, examplePhone, isMobile, maskPhone } from '../../shared/phone.ts';
import type { Vault } from '../database/vault.ts';
import { invalid } from '../http/problem.ts';

const TAIL_DIGITS = 4; // What a customer says at the counter: "it ends in 5678".

/** A phone number as it is kept: readable only with the key, found by the whole or its last four digits. */
export interface KeptPhone {
  phoneMasked: string;
  phoneSealed: string;
  phoneHash: string;
  phoneTailHash: string;
}

/** The number with its calling code and no plus, however people wrote it; `invalid_phone` when it is no mobile of `country`. */
export function readPhone(typed: string, country: Country): string {
  const digits = mobileIn(typed, country);
  if (digits) return digits;
  throw invalid('invalid_phone', 'phone', `Give a mobile number such as ${examplePhone(country)}`);
}

/** What a number as typed may be kept under, when nobody says in which country it is. */
export function hashesOf(typed: string, vault: Vault): string[] {
  const hashes = hashesOfPhone(typed, vault);
  if (hashes.length === 0) throw invalid('invalid_phone', 'phone', 'This is not a mobile number');
  return hashes;
}

/** The same for what may be no number at all: then there are none. */
export function hashesOfPhone(typed: string, vault: Vault): string[] {
  const found = COUNTRIES.map(country => mobileIn(typed, country)).filter(digits => digits !== undefined);
  return found.map(digits => hashPhone(digits, vault));
}

function mobileIn(typed: string, country: Country): string | undefined {
  const international = typed.replace(/^\s*00/, '+'); // As abroad: from Kenya itself it would be 000.
  const digits = parsePhoneNumberFromString(international, country)?.number.slice(1) ?? '';
  return isMobile(digits, country) ? digits : undefined;
}

export function keepPhone(digits: string, vault: Vault): KeptPhone {
  return {
    phoneMasked: maskPhone(digits),
    phoneSealed: vault.seal(digits),
    phoneHash: hashPhone(digits, vault),
    phoneTailHash: hashPhoneTail(digits.slice(-TAIL_DIGITS), vault),
  };
}

export function hashPhoneTail(lastDigits: string, vault: Vault): string {
  return vault.keyedHash(`phone-tail:${lastDigits}`);
}

export function hashPhone(digits: string, vault: Vault): string {
  return vault.keyedHash(`phone:${digits}`);
}
