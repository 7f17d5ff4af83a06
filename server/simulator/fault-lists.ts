import type { Armed, ArmedFaults } from './armed-faults.ts';
import { FAMILIES, magicNumber } from './fault.ts';
import { FAULT_NAMES, type FaultName, faultCalled } from './faults.ts';
import type { Parts } from './parts.ts';
import type { ArmedPesapal } from './pesapal/armed-faults.ts';
import { magicNumberTz, PESAPAL_FAMILIES } from './pesapal/fault.ts';
import { PESAPAL_FAULT_NAMES, type PesapalFaultName, pesapalFaultCalled } from './pesapal/faults.ts';

type AnyArmed = Armed | ArmedPesapal;

/** Both gateways' faults as one list: no two have the same name. */
export function availableFaults() {
  return [...FAULT_NAMES.map(ofDaraja), ...PESAPAL_FAULT_NAMES.map(ofPesapal)];
}

function ofDaraja(name: FaultName) {
  const fault = faultCalled(name);
  const family = FAMILIES[fault.digits.charAt(0)] ?? '';
  return { name, sentence: fault.sentence, magicNumber: magicNumber(fault), family, gateway: 'daraja' as const };
}

function ofPesapal(name: PesapalFaultName) {
  const fault = pesapalFaultCalled(name);
  const family = PESAPAL_FAMILIES[fault.digits.charAt(0)] ?? '';
  return { name, sentence: fault.sentence, magicNumber: magicNumberTz(fault), family, gateway: 'pesapal' as const };
}

export function armedOf({ faults, pesapal }: Pick<Parts, 'faults' | 'pesapal'>): AnyArmed[] {
  return [...faults.armed, ...pesapal.faults.armed];
}

export function arm({ faults, pesapal }: Parts, wish: { fault: string; phone: string | null; times: number }): void {
  const { fault } = wish;
  const pesapals = PESAPAL_FAULT_NAMES.find(name => name === fault);
  const darajas = FAULT_NAMES.find(name => name === fault);
  if (pesapals) pesapal.faults.arm({ ...wish, fault: pesapals });
  if (darajas) faults.arm({ ...wish, fault: darajas });
}

export function disarm({ faults, pesapal }: { faults: ArmedFaults; pesapal: Parts['pesapal'] }): void {
  faults.disarm();
  pesapal.faults.disarm();
}
