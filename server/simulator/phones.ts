import { faultAt } from './armed-faults.ts';
import type { FaultName } from './faults.ts';
import type { GatewayName, Shillings } from './ledger.ts';
import { pesapalFaultAt } from './pesapal/armed-faults.ts';
import type { PesapalFaultName } from './pesapal/faults.ts';
import type { Settings } from './settings.ts';

export interface Prompt {
  gateway: GatewayName;
  /** For Pesapal, the order_tracking_id. */
  checkoutRequestId: string;
  merchant: string;
  amount: number;
  currency: Shillings;
  accountReference: string;
  expiresAt: Date;
  /** Swept away by the customer: gone from the screen, open at the gateway until its time is over. */
  ignored: boolean;
}

export interface Message {
  at: Date;
  text: string;
}

/** A customer's phone with its wallet; `balance` in whole shillings. */
export interface Phone {
  number: string;
  pin: string;
  balance: number;
  on: boolean;
  wrongPins: number;
  messages: Message[];
  prompt: Prompt | null;
  /** When an amount was last pushed to it, for result 17. */
  pushedAt: Map<number, Date>;
  /** The token that the fault of a magic number refused: with a new one the same push passes. */
  refusedToken: string | null;
}

export type PhoneChange = Partial<Pick<Phone, 'pin' | 'balance' | 'on' | 'wrongPins'>>;

const WRONG_PINS_MAX = 3;
const MESSAGES_MAX = 20;

export interface Phones {
  all(): Phone[];
  find(number: string): Phone | undefined;
  /** Any number is somebody's: an unknown one becomes a phone. */
  findOrAdd(number: string): Phone;
  remove(number: string): void;
  clear(): void;
}

export function createPhones(settings: Settings): Phones {
  const phones = new Map<string, Phone>();
  return {
    all: () => [...phones.values()],
    find: number => phones.get(number),
    findOrAdd(number) {
      const phone =
        phones.get(number) ??
        newPhone(number, settings[currencyOf(number) === 'TZS' ? 'startBalanceTzs' : 'startBalance']);
      phones.set(number, phone);
      return phone;
    },
    remove: number => void phones.delete(number),
    clear: () => phones.clear(),
  };
}

export function isLocked(phone: Phone): boolean {
  return phone.wrongPins >= WRONG_PINS_MAX;
}

/** What lives at a magic number. */
export function magicFaultAt(number: string): FaultName | PesapalFaultName | null {
  return faultAt(number) ?? pesapalFaultAt(number);
}

/** Whether it belongs to a fault, and not to a person. */
export function isMagic(phone: Phone): boolean {
  return magicFaultAt(phone.number) !== null;
}

/** The money in its wallet: a phone of Tanzania's has another than one of Kenya's. */
export function currencyOf(number: string): Shillings {
  return number.startsWith('255') ? 'TZS' : 'KES';
}

export function receiveMessage(phone: Phone, at: Date, text: string): void {
  phone.messages.unshift({ at, text });
  phone.messages.splice(MESSAGES_MAX);
}

function newPhone(number: string, balance: number): Phone {
  return {
    number,
    pin: '1234',
    balance,
    on: true,
    wrongPins: 0,
    messages: [],
    prompt: null,
    pushedAt: new Map(),
    refusedToken: null,
  };
}
