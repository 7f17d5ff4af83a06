import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE } from '../support/customer.ts';
import { openMailServer } from '../support/mail-server.ts';
import { ownProcess } from '../support/own-process.ts';
import { openSideDoor } from '../support/side-door.ts';
import { EMAIL } from './mailing.ts';

test('the server is killed while a letter is on its way, and started again: the letter comes', async t => {
  const post = await openMailServer(t);
  const { customer, simulator, database, kill, start, logged } = await ownProcess(t, post.settings);
  post.next('hang');
  const showing = await customer.payableShowing();
  const { bookingId } = await customer.book(showing.showingId, 2, { email: EMAIL });
  await customer.pay(bookingId);
  const phone = simulator.phones.find(PHONE);
  assert.ok(phone && simulator.enterPin(phone, '1234') === '0');
  await post.when(() => post.hanging() === 1);
  await kill();
  assert.equal(post.arrived.length, 0);
  const door = openSideDoor(database);
  assert.equal(door.all('select 1 from mail where leasedUntil > queuedAt').length, 1);
  door.change('update mail set leasedUntil = queuedAt'); // Its time passes: whoever held it is dead.
  door.close();
  await start();
  const { recipients, subject } = await post.until(1);
  assert.deepEqual(recipients, [EMAIL]);
  assert.match(subject ?? '', /Your tickets/);
  for (const line of logged) assert.ok(!line.includes('example.com'), line);
});
