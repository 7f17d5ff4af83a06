import type { Customer } from './customer.ts';
import { wayOfKey } from './payment-panel.ts';
import { digit, functionKey } from './showing-keys.ts';
import type { Till } from './till.ts';

/** True when the key meant something where the customer stands now. */
export function pressKey({ key, repeat }: Pick<KeyboardEvent, 'key' | 'repeat'>, till: Till): boolean {
  if (key === 'Enter' && repeat) return true; // Held down, it would go through a whole sale.
  if (key === '/') return did(() => till.find());
  return pressFor(key, till) || functionKey(key) !== null; // F5 must never reload the page under a basket.
}

function pressFor(key: string, till: Till): boolean {
  const { customer } = till.counter;
  switch (customer.stage) {
    case 'choosing':
      return choosing(key, till);
    case 'paying':
      return paying(key, till);
    case 'sending':
      return (key === 'Enter' && isQuick(customer)) || waiting(key, till);
    case 'waiting':
      return waiting(key, till);
    case 'done':
    case 'over':
      return key.toLowerCase() === 'p' ? did(() => till.print('receipt')) : waiting(key, till);
  }
}

function choosing(key: string, { counter, choosing: basket, paying: panel }: Till): boolean {
  const { customer } = counter;
  if (key === 'Escape') return !customer.isNobody && did(() => basket.clear());
  if (customer.charge) return key === 'Enter' && did(() => basket.addCharge());
  if (key === 'Enter') return !customer.basket.isEmpty && did(() => panel.openPanel());
  if (key === '+') return did(() => basket.chooseAnother());
  if (key === '*') return did(() => basket.typeCharge());
  if (/^(-|Backspace|Delete)$/.test(key)) return did(() => basket.takeLast());
  const number = digit(key);
  if (number !== null && customer.basket.chosen !== null) return did(() => basket.setQuantity(number));
  const at = number === null ? functionKey(key) : number - 1;
  return at !== null && basket.chooseAt(at);
}

function paying(key: string, { counter, paying: panel }: Till): boolean {
  if (key === 'Enter') return did(() => panel.submit());
  if (key === 'Escape') return did(() => panel.closePanel());
  const at = functionKey(key);
  if (at === null) return false;
  const way = wayOfKey(at, panel.ways);
  if (way) return did(() => panel.chooseWay(way));
  return counter.customer.form.way === 'cash' && did(() => panel.giveRound(at));
}

/** Nothing of this customer needs a key: the first one that chooses something is for the next. */
function waiting(key: string, till: Till): boolean {
  if (key === 'Enter' || key === 'Escape') return did(() => till.next());
  if (key !== '*' && digit(key) === null && functionKey(key) === null) return false;
  till.next();
  return choosing(key, till);
}

/** Answered before anybody could turn to the next: Enter pressed twice must not put the change out of sight. */
function isQuick({ form, asking }: Customer): boolean {
  return asking?.tries === 0 && /^(cash|card|complimentary)$/.test(form.way);
}

function did(work: () => void): true {
  work();
  return true;
}
