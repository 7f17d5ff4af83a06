import type { ResultCode } from './results.ts';

/** `value` is raw JSON, so that 1350.00 keeps its decimals; without one the key is left out, as Daraja does with Balance. */
interface Item {
  name: string;
  value?: string;
}

/** What one callback will say. `code` is raw JSON too; `items` is null where there is no CallbackMetadata at all. */
export interface Report {
  merchantRequestId: string;
  checkoutRequestId: string;
  code: string;
  text: string;
  items: Item[] | null;
  extra: string;
}

/** A way of writing a callback that differs from the usual one. */
type Shape = (report: Report, others: { receiptNumber: string | null }) => Report;

export const SHAPES = {
  withoutBalance: report => items(report, all => all.filter(item => item.name !== 'Balance')),
  reordered: report => items(report, all => all.toReversed()),
  wholeAmount: report => value(report, 'Amount', amount => String(Number(amount))),
  balanceText: report => value(report, 'Balance', () => '"{Amount={BasicAmount=123.45, CurrencyCode=KES}}"'),
  maskedPhone: report => value(report, 'PhoneNumber', phone => `"${phone.slice(0, 6)}***${phone.slice(-3)}"`),
  strings: report => ({
    ...items(report, all => all.map(item => (item.value ? { ...item, value: quoted(item.value) } : item))),
    code: quoted(report.code),
  }),
  extraKeys: report => ({
    ...items(report, all => [...all, { name: 'Promotion', value: '{"Points":7}' }]),
    extra: ',"Channel":"SIM"',
  }),
  /** A shilling less, or more where less is not possible. */
  wrongAmount: report => value(report, 'Amount', amount => (amount === '1.00' ? '2.00' : decimals(Number(amount) - 1))),
  wrongIds: report => ({
    ...report,
    merchantRequestId: `${report.merchantRequestId}9`,
    checkoutRequestId: `${report.checkoutRequestId}9`,
  }),
  noItems: report => items(report, () => []),
  noMetadata: report => ({ ...report, items: null }),
  withoutReceipt: report => items(report, all => all.filter(item => item.name !== 'MpesaReceiptNumber')),
  othersReceipt: (report, others) =>
    value(report, 'MpesaReceiptNumber', own => (others.receiptNumber ? quoted(others.receiptNumber) : own)),
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

export function metadata(debit: { amount: number; receiptNumber: string; paidAt: string; phone: string }): Item[] {
  return [
    { name: 'Amount', value: decimals(debit.amount) },
    { name: 'MpesaReceiptNumber', value: quoted(debit.receiptNumber) },
    { name: 'Balance' },
    { name: 'TransactionDate', value: debit.paidAt },
    { name: 'PhoneNumber', value: debit.phone },
  ];
}

/** A number, except where the code has letters. */
export function rawCode(code: ResultCode): string {
  return /^\d+$/.test(code) ? code : quoted(code);
}

export function writeCallback({ merchantRequestId, checkoutRequestId, code, text, items, extra }: Report): string {
  const told = items?.map(({ name, value }) => `{"Name":${quoted(name)}${value ? `,"Value":${value}` : ''}}`);
  const metadata = told ? `,"CallbackMetadata":{"Item":[${told.join(',')}]}` : '';
  const ids = `"MerchantRequestID":${quoted(merchantRequestId)},"CheckoutRequestID":${quoted(checkoutRequestId)}`;
  return `{"Body":{"stkCallback":{${ids},"ResultCode":${code},"ResultDesc":${quoted(text)}${metadata}${extra}}}}`;
}

function items(report: Report, change: (all: Item[]) => Item[]): Report {
  return { ...report, items: report.items && change(report.items) };
}

function value(report: Report, name: string, change: (value: string) => string): Report {
  return items(report, all => all.map(item => (item.name === name ? { name, value: change(item.value ?? '') } : item)));
}

/** Leaves alone what is quoted already. */
function quoted(raw: string): string {
  return raw.startsWith('"') ? raw : JSON.stringify(raw);
}

function decimals(amount: number): string {
  return amount.toFixed(2);
}
