import { formatMoney, MINOR_UNITS } from '../../shared/money.ts';

const NAIROBI_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Africa/Nairobi',
  hour: '2-digit',
  minute: '2-digit',
});

/** `0712 345 678` */
export function phoneForPeople(number: string): string {
  return number.replace(/^254(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');
}

export function shillings(amount: number): string {
  return formatMoney({ amount: amount * MINOR_UNITS, currency: 'KES' }, 'en-KE');
}

export function timeOfDay(instant: Date): string {
  return NAIROBI_TIME.format(instant);
}
