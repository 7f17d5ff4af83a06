import { magicNumberTz, type PesapalFault } from './fault.ts';
import { PESAPAL_FAULT_NAMES, type PesapalFaultName, pesapalFaultCalled } from './faults.ts';

/** A fault that waits for what it concerns. */
export interface ArmedPesapal {
  fault: PesapalFaultName;
  /** Only for orders and payments of this phone; null takes the next one of any. */
  phone: string | null;
  times: number;
}

type Occasion = 'token' | 'registration' | 'order' | 'payment' | 'cancelling' | 'refund';

const BY_MAGIC_NUMBER = new Map(PESAPAL_FAULT_NAMES.map(name => [magicNumberTz(pesapalFaultCalled(name)), name]));

export interface ArmedPesapalFaults {
  armed: readonly ArmedPesapal[];
  arm(wish: ArmedPesapal): void;
  disarm(): void;
  /** The armed fault that is met on this occasion; it is used up by it. `phone` is null where nobody's is known. */
  take(occasion: Occasion, phone: string | null): PesapalFault | undefined;
  /** The next occasion of the kind that this one concerns meets it. */
  armNext(occasion: 'token' | 'registration', fault: PesapalFault): void;
}

/** The fault that lives at a magic number. */
export function pesapalFaultAt(phone: string): PesapalFaultName | null {
  return BY_MAGIC_NUMBER.get(phone) ?? null;
}

export function livingAt(phone: string | null): PesapalFault | undefined {
  const name = phone === null ? null : pesapalFaultAt(phone);
  return name ? pesapalFaultCalled(name) : undefined;
}

export function createArmedPesapalFaults(): ArmedPesapalFaults {
  const armed: ArmedPesapal[] = [];
  /** What a magic number's order leaves behind for the token or the registration that follows it. */
  const next = new Map<Occasion, PesapalFault>();
  return {
    armed,
    arm: wish => void armed.push({ ...wish }),
    disarm() {
      armed.length = 0;
      next.clear();
    },
    take(occasion, phone) {
      const left = next.get(occasion);
      if (left) {
        next.delete(occasion);
        return left;
      }
      const found = armed.find(one => meetsAt(one) === occasion && (one.phone === null || one.phone === phone));
      if (!found) return undefined;
      found.times -= 1;
      if (found.times === 0) armed.splice(armed.indexOf(found), 1);
      return pesapalFaultCalled(found.fault);
    },
    armNext: (occasion, fault) => void next.set(occasion, fault),
  };
}

/** What concerns tokens, registrations, cancelling or refunds is met there, without any order. */
function meetsAt({ fault }: ArmedPesapal): Occasion {
  const { token, registration, submit, cancel, refund } = pesapalFaultCalled(fault);
  if (token) return 'token';
  if (registration) return 'registration';
  if (submit) return 'order';
  if (cancel) return 'cancelling';
  return refund ? 'refund' : 'payment';
}
