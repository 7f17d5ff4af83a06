import { type Fault, magicNumber } from './fault.ts';
import { FAULT_NAMES, type FaultName, faultCalled } from './faults.ts';

/** A fault that waits for its push, or for its request for a token. */
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
  /** The next request for a token meets this one. */
  armForToken(fault: Fault): void;
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
      const lives = faultAt(phone);
      return take(one => meetsPush(one) && (one.phone ?? phone) === phone) ?? (lives ? faultCalled(lives) : undefined);
    },
    takeForToken: () => take(one => !meetsPush(one)),
    armForToken(fault) {
      const name = faultAt(magicNumber(fault));
      if (name) armed.push({ fault: name, phone: null, times: 1 });
    },
  };
}

/** What concerns OAuth is met there, without any push. */
function meetsPush(one: Armed): boolean {
  return faultCalled(one.fault).oauth === undefined;
}
