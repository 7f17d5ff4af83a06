import { type Fault, magicNumber } from './fault.ts';
import { FAULT_NAMES, type FaultName, faultCalled } from './faults.ts';

/** A fault that waits for its push, its request for a token, its reversal or its statement. */
export interface Armed {
  fault: FaultName;
  /** Only for pushes to this phone; null takes the next one to any. */
  phone: string | null;
  times: number;
}

const BY_MAGIC_NUMBER = new Map(FAULT_NAMES.map(name => [magicNumber(faultCalled(name)), name]));

export interface ArmedFaults {
  armed: readonly Armed[];
  arm(wish: Armed): void;
  disarm(): void;
  /** The fault that a push to this phone meets. An armed one is used up by it. */
  takeForPush(phone: string): Fault | undefined;
  takeForToken(): Fault | undefined;
  /** The fault that giving money back to this phone meets. */
  takeForReversal(phone: string): Fault | undefined;
  takeForStatement(): Fault | undefined;
  /** The next request of the kind that this one concerns meets it. */
  armNext(fault: Fault): void;
}

/** The fault that lives at a magic number. */
export function faultAt(phone: string): FaultName | null {
  return BY_MAGIC_NUMBER.get(phone) ?? null;
}

export function createArmedFaults(): ArmedFaults {
  const armed: Armed[] = [];
  const take = (fits: (one: Armed) => boolean) => {
    const found = armed.find(fits);
    if (!found) return undefined;
    found.times -= 1;
    if (found.times === 0) armed.splice(armed.indexOf(found), 1);
    return faultCalled(found.fault);
  };
  return {
    armed,
    arm: wish => void armed.push({ ...wish }),
    disarm: () => void armed.splice(0),
    takeForPush(phone) {
      return take(one => meets(one) === 'push' && (one.phone ?? phone) === phone) ?? livingAt(phone);
    },
    takeForToken: () => take(one => meets(one) === 'token'),
    takeForReversal(phone) {
      return take(one => meets(one) === 'reversal' && (one.phone ?? phone) === phone) ?? livingAt(phone);
    },
    takeForStatement: () => take(one => meets(one) === 'statement'),
    armNext(fault) {
      const name = faultAt(magicNumber(fault));
      if (name) armed.push({ fault: name, phone: null, times: 1 });
    },
  };
}

function livingAt(phone: string): Fault | undefined {
  const name = faultAt(phone);
  return name ? faultCalled(name) : undefined;
}

/** What concerns tokens, reversals or statements is met there, without any push. */
function meets({ fault }: Armed): 'push' | 'token' | 'reversal' | 'statement' {
  const { oauth, reversal, statement } = faultCalled(fault);
  if (reversal) return 'reversal';
  if (statement) return 'statement';
  return oauth ? 'token' : 'push';
}
