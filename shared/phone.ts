export const COUNTRIES = ['KE', 'TZ'] as const;
export type Country = (typeof COUNTRIES)[number];

/** What a mobile number looks like once the calling code stands in front; numbers are portable, so no prefix names a network. */
const MOBILE: Record<Country, { callingCode: string; national: RegExp; example: string }> = {
  KE: { callingCode: '254', national: /^[17]\d{8}$/, example: '0712 345 678' },
  TZ: { callingCode: '255', national: /^[67]\d{8}$/, example: '0712 345 678' },
};

export function examplePhone(country: Country): string {
  return MOBILE[country].example;
}

/** Whether `digits`, calling code first and no plus, is a mobile number of that country. */
export function isMobile(digits: string, country: Country): boolean {
  const { callingCode, national } = MOBILE[country];
  return digits.startsWith(callingCode) && national.test(digits.slice(callingCode.length));
}

/** A quick look at a number as it is typed: `no` can never become right, `maybe` is not yet complete. The server decides. */
export function looksLikeMobile(typed: string, country: Country): 'yes' | 'maybe' | 'no' {
  if (/[^\d\s+().-]/.test(typed)) return 'no';
  const digits = nationalDigits(typed, country);
  if (MOBILE[country].national.test(digits)) return 'yes';
  return digits.length < 9 ? 'maybe' : 'no';
}

/** Whether what is typed is a whole number, and surely not the one behind `masked`. */
export function isOtherPhone(typed: string, masked: string, country: Country): boolean {
  if (looksLikeMobile(typed, country) !== 'yes') return false;
  return maskPhone(MOBILE[country].callingCode + nationalDigits(typed, country)) !== masked;
}

function nationalDigits(typed: string, country: Country): string {
  return typed.replace(/\D/g, '').replace(new RegExp(`^(00)?${MOBILE[country].callingCode}0?|^0`), '');
}

/** `2547•••••678`: enough to recognise one's own number, too little to ring somebody. */
export function maskPhone(digits: string): string {
  return `${digits.slice(0, 4)}${'•'.repeat(Math.max(digits.length - 7, 0))}${digits.slice(-3)}`;
}
