import { type Currency, formatMoney, MINOR_UNITS } from '../../shared/money.ts';

/** Nairobi and Dar es Salaam have the same time. */
const NAIROBI_TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Africa/Nairobi',
  hour: '2-digit',
  minute: '2-digit',
});

/** `0712 345 678`; of Tanzania, `+255 712 345 678`. */
export function phoneForPeople(number: string): string {
  return number
    .replace(/^254(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3')
    .replace(/^(255)(\d{3})(\d{3})(\d{3})$/, '+$1 $2 $3 $4');
}

export function shillings(amount: number, currency: Currency): string {
  return formatMoney({ amount: amount * MINOR_UNITS, currency }, 'en-KE');
}

export function timeOfDay(instant: Date): string {
  return NAIROBI_TIME.format(instant);
}
