/** `TZS 15,000` */
export function money(amount: number, currency: string): string {
  return `${currency}\u00a0${amount.toLocaleString('en-TZ')}`;
}

/** `0712 345 678`, as one types it at home. */
export function localNumber(number: string): string {
  return number.replace(/^25[45](\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');
}

/** `+255 712 345 678` */
export function phoneForPeople(number: string): string {
  return number.replace(/^(25[45])(\d{3})(\d{3})(\d{3})$/, '+$1 $2 $3 $4');
}
