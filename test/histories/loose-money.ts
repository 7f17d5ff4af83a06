import { mayGoBack } from './phone-owners.ts';
import type { World } from './world.ts';

const CONFIRMATION = /^\/callbacks\/daraja\/c2b\//;

/** Somebody pays to our number from the menu of their phone, under whatever they type; answers the number in their message. */
export function payByHand(
  world: World,
  phone: string,
  shillings: number,
  accountReference: string,
): string | undefined {
  const { simulator, counter, timeline } = world;
  const debit = simulator.payBill(simulator.phones.findOrAdd(phone), { amount: shillings, accountReference });
  if (!debit) return undefined;
  counter.loose.set(debit.receiptNumber, 'unheard');
  world.count('money paid by hand');
  timeline.note(phone, `pays ${shillings} by hand under ${accountReference}: ${debit.receiptNumber}`);
  mayGoBack(world, accountReference);
  return debit.receiptNumber;
}

/** From now on the gateway tells of all money that reaches our number, as it does where somebody has asked it to. */
export function askForConfirmations({ simulator, house }: World, secret: string): void {
  simulator.parts.c2b.confirmationUrl = `${house.config.publicUrl}/callbacks/daraja/c2b/${secret}`;
}

export function isConfirmation(path: string): boolean {
  return CONFIRMATION.test(path);
}

/** What a confirmation is about; undefined where it is not whole. */
export function confirmedIn(body: string): { receiptNumber: string; reference: string } | undefined {
  const [, receiptNumber = ''] = /"TransID":"(\w+)"/.exec(body) ?? [];
  const [, reference] = /"BillRefNumber":"([^"]*)".*\}$/.exec(body) ?? [];
  return reference === undefined ? undefined : { receiptNumber, reference };
}
