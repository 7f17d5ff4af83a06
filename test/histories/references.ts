/** Our account reference in what a gateway knows a payment by: Daraja knows nothing else, Pesapal's ends in the payment's id. */
export function accountReferenceIn(merchantReference: string): string {
  return /([A-Za-z0-9]+)-[0-9a-f]{32}$/.exec(merchantReference)?.[1] ?? merchantReference;
}

/** Undefined where the reference names none. */
export function paymentIdIn(merchantReference: string): string | undefined {
  return /-([0-9a-f]{32})$/.exec(merchantReference)?.[1];
}
