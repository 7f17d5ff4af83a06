import { FAMILIES, type Fault, magicNumber } from '../../server/simulator/fault.ts';
import { FAULT_NAMES, faultCalled } from '../../server/simulator/faults.ts';

/** The tables of docs/simulator.md, as they follow from the code. */
export function faultTables(): string {
  return Object.entries(FAMILIES)
    .map(([family, title]) => `### ${title}\n\n| phone | fault | what happens |\n|---|---|---|\n${rows(family)}\n`)
    .join('\n');
}

function rows(family: string): string {
  return FAULT_NAMES.filter(name => faultCalled(name).digits.startsWith(family))
    .map(name => `| ${forPeople(faultCalled(name))} | \`${name}\` | ${faultCalled(name).sentence} |`)
    .join('\n');
}

/** `0700 000 214`, as one types it. */
function forPeople(fault: Fault): string {
  return magicNumber(fault).replace(/^254(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');
}
