import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { CollectRequest } from '../../server/gateway/gateway.ts';
import { createPesapal } from '../../server/gateway/pesapal/pesapal.ts';
import type { PesapalSettings } from '../../server/gateway/pesapal/settings.ts';
import { createSend } from '../../server/gateway/send.ts';
import type { NotificationRequest } from '../../server/simulator/parts.ts';
import { magicNumberTz } from '../../server/simulator/pesapal/fault.ts';
import { type PesapalFaultName, pesapalFaultCalled } from '../../server/simulator/pesapal/faults.ts';
import type { NetworkName } from '../../server/simulator/pesapal/networks.ts';
import type { SettingsInput } from '../../server/simulator/settings.ts';
import { startSimulator } from '../../server/simulator/start-simulator.ts';
import { eventually } from '../support/eventually.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { OpenMemory, REQUEST } from './scripted-pesapal.ts';

const START = '2026-11-22T10:34:00.000Z'; // 13:34 in Dar es Salaam.
export const PHONE = '255712345678';
export const AMOUNT = { amount: 2_000_000, currency: 'TZS' as const };

/** The real adapter before the simulated gateway, over real HTTP; it reads and acknowledges what it is notified of. */
export async function meet(t: TestContext, settings: SettingsInput = {}, change: Partial<PesapalSettings> = {}) {
  const clock = new ManualClock(START);
  const heard: NotificationRequest[] = [];
  const hear = async (request: NotificationRequest) => {
    heard.push(request);
    const notice = pesapal.readNotice?.({ query: new URL(request.url).search, body: request.body ?? '' });
    return { status: 200, body: JSON.stringify(notice?.acknowledgement) };
  };
  const started = await startSimulator({ port: 0, clock, settings, notify: hear });
  const { send, close } = createSend({ clock });
  t.after(async () => {
    await started.stop();
    await close();
  });
  const { simulator } = started;
  const own: PesapalSettings = {
    baseUrl: started.pesapalUrl,
    consumerKey: simulator.settings.pesapalConsumerKey,
    consumerSecret: simulator.settings.pesapalConsumerSecret,
    ipnId: null,
    notificationUrl: 'http://localhost:3000/callbacks/pesapal/abc',
    returnUrl: 'http://localhost:3000/return/pesapal',
    timeoutMs: 20_000,
    ...change,
  };
  const memory = new OpenMemory();
  const pesapal = createPesapal(own, { send, clock, memory });
  const { refunds } = pesapal;
  assert.ok(refunds && pesapal.cancel && pesapal.readNotice);
  const asked = (path: string) => simulator.parts.requests[path] ?? 0;
  const collect = (phone = PHONE, request: Partial<CollectRequest> = {}) =>
    pesapal.collect({ ...REQUEST, phone, ...request });
  const order = async (phone = PHONE, request: Partial<CollectRequest> = {}) => {
    const collected = await collect(phone, request);
    if (collected.answer !== 'accepted') assert.fail(JSON.stringify(collected));
    const found = simulator.pesapal.find(collected.ids.trackingId);
    assert.ok(found);
    return { ...collected, order: found, ask: () => pesapal.ask(collected.ids) };
  };
  /** On the page; a magic number then needs nobody. */
  const pay = async (phone = PHONE, network: NetworkName = 'mpesa', account = phone) => {
    const ordered = await order(phone);
    assert.ok(simulator.pesapal.pay(ordered.order, { network, account }));
    const owner = simulator.phones.find(account);
    if (owner?.prompt && !account.startsWith('255700')) simulator.enterPin(owner, '1234');
    await advance(3_000);
    return ordered;
  };
  const advance = async (ms: number) => {
    clock.move(ms);
    await eventually(() => simulator.parts.callbacks.every(({ status }) => status !== null));
  };
  const refund = (receiptNumber = simulator.ledger.debits[0]?.receiptNumber ?? '', amount = AMOUNT.amount) =>
    refunds.send({ receiptNumber, amount: { ...AMOUNT, amount }, callbackToken: REQUEST.callbackToken, by: 'Asha' });
  const cancel = pesapal.cancel;
  return { ...own, clock, simulator, pesapal, memory, heard, asked, collect, order, pay, advance, refund, cancel };
}

export const magic = (fault: PesapalFaultName) => magicNumberTz(pesapalFaultCalled(fault));
