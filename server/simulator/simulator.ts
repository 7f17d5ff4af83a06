import * as v from 'valibot';
import type { Clock, Stop } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { createArmedFaults } from './armed-faults.ts';
import { answerWithPin, cancelOnPhone, type PromptEnd } from './customer.ts';
import { createAccess } from './daraja/access.ts';
import { answer } from './daraja/answer.ts';
import { payBill } from './daraja/pay-bill.ts';
import { ignorePrompt } from './daraja/run-prompt.ts';
import { createKeys } from './daraja/security-credential.ts';
import type { GatewayAnswer, GatewayRequest } from './daraja/wire.ts';
import { createLedger, type Debit } from './ledger.ts';
import type { Notify, Parts, Post } from './parts.ts';
import { answerPesapal, isPesapalPath } from './pesapal/answer.ts';
import { createPesapalDoings, type PesapalDoings } from './pesapal/doings.ts';
import { createPesapalState } from './pesapal/state.ts';
import { createPhones, type Phone } from './phones.ts';
import { type Behaviour, Settings, type SettingsInput } from './settings.ts';

export interface SimulatorOptions {
  clock: Clock;
  random: Random;
  settings?: SettingsInput;
  post: Post;
  /** For Pesapal's notifications; without it, they reach nobody. */
  notify?: Notify;
}

/** The gateway without its sockets: a test or a deterministic simulation calls it directly. */
export interface Simulator extends Pick<Parts, 'clock' | 'settings' | 'phones' | 'faults' | 'ledger'> {
  /** Everything that it is made of, for views. */
  parts: Parts;
  /** For whoever encrypts an initiator's password: the public key in PEM, where the real thing is a certificate. */
  readonly certificatePem: string;
  answer(request: GatewayRequest): Promise<GatewayAnswer>;
  /** The customer's doings; undefined when nothing is asked on that phone. */
  enterPin(phone: Phone, pin: string): PromptEnd | undefined;
  cancel(phone: Phone): PromptEnd | undefined;
  ignore(phone: Phone): void;
  /** Pays to the short code by hand, nobody asking; undefined when there is too little money on the phone. */
  payBill(phone: Phone, paid: { amount: number; accountReference: string }): Debit | undefined;
  /** What happens on Pesapal's page, and behind its counter. */
  pesapal: PesapalDoings;
  change(settings: { [K in keyof Behaviour]?: Behaviour[K] | undefined }): void;
  onChange(listener: () => void): Stop;
  changed(): void;
  /** As at the start: no phones, no debits, nothing under way. */
  reset(): void;
}

export function createSimulator(options: SimulatorOptions): Simulator {
  const { random, post, notify = reachNobody } = options;
  const atStart = v.parse(Settings, options.settings ?? {});
  const settings = { ...atStart };
  const clock = stoppable(options.clock);
  const listeners = new Set<() => void>();
  const changed = () => listeners.forEach(listener => void listener());
  const parts: Parts = {
    ...{ clock, random, settings, post, notify, changed },
    ...{ phones: createPhones(settings), ledger: createLedger(random), faults: createArmedFaults() },
    ...{ access: createAccess(), checkouts: new Map(), callbacks: [], requests: {} },
    ...{ c2b: { confirmationUrl: null }, statements: { registered: false }, keys: createKeys() },
    pesapal: createPesapalState(),
  };
  return {
    ...{ parts, clock, settings, changed, phones: parts.phones, faults: parts.faults, ledger: parts.ledger },
    get certificatePem() {
      return parts.keys.publicPem();
    },
    answer: request => (isPesapalPath(request.path) ? answerPesapal : answer)(parts, request),
    enterPin: (phone, pin) => answerWithPin(parts, phone, pin),
    cancel: phone => cancelOnPhone(parts, phone),
    ignore: phone => ignorePrompt(parts, phone),
    payBill: (phone, paid) => payBill(parts, phone, paid),
    pesapal: createPesapalDoings(parts),
    change(change) {
      Object.assign(settings, change);
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reset() {
      clock.stopAll();
      Object.assign(settings, atStart);
      clear(parts);
      changed();
    },
  };
}

function clear(parts: Parts): void {
  const { phones, ledger, faults, access, checkouts, c2b, statements, callbacks, requests, pesapal } = parts;
  phones.clear();
  ledger.clear();
  faults.disarm();
  checkouts.clear();
  callbacks.length = 0;
  c2b.confirmationUrl = null;
  statements.registered = false;
  Object.assign(access, createAccess());
  Object.assign(pesapal, createPesapalState());
  for (const path of Object.keys(requests)) delete requests[path];
}

const reachNobody: Notify = () => Promise.reject(new Error('There is nobody to notify.'));

/** A clock whose timers can all be stopped, so that nothing from before a reset happens after it. */
function stoppable(clock: Clock): Clock & { stopAll: Stop } {
  const stops = new Set<Stop>();
  return {
    now: () => clock.now(),
    after(ms, then) {
      const stopTimer = clock.after(ms, () => {
        stops.delete(stop);
        then();
      });
      const stop = () => {
        stops.delete(stop);
        stopTimer();
      };
      stops.add(stop);
      return stop;
    },
    stopAll: () => stops.forEach(stop => void stop()),
  };
}
