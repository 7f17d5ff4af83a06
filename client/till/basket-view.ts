import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Currency, Money } from '../../shared/money.ts';
import { typedIn } from '../kit/fields.ts';
import { type BasketLine, priceOf } from './basket.ts';
import type { Customer } from './customer.ts';
import { type Here, nameOfLine } from './describe.ts';
import type { TillWords } from './words.ts';

export interface BasketDoings {
  step(at: number, by: 1 | -1): void;
  takeAway(at: number): void;
  openPanel(): void;
  typeCharge(): void;
  addCharge(): void;
  clear(): void;
  next(): void;
}

export interface AtBasket extends Here {
  currency: Currency;
  /** How many places a showing has left; null when that is not known. */
  leftOf(showingId: number): number | null;
}

/** What this customer takes so far. */
export function basketView(customer: Customer, doings: BasketDoings, here: AtBasket, words: TillWords): TemplateResult {
  const { basket, charge } = customer;
  const { say, money } = words;
  return html`
    <h2 class="text-lg" id="customer-title">${say(basket.isEmpty ? 'nobody' : 'thisCustomer')}</h2>
    ${basket.isEmpty && !charge ? html`<p class="my-2">${say('howToStart')}</p>` : nothing}
    <ul aria-label=${say('thisCustomer')}>
      ${basket.lines.map((line, at) => basketLine(line, { at, isChosen: basket.chosen === at }, doings, here, words))}
    </ul>
    ${basket.isEmpty ? nothing : sum(basket.total(here.currency), money, say('total'))}
    ${charge ? chargeFields(charge, customer.wrong?.sentence ?? '', doings, here.currency, words) : nothing}
    <div class="till-actions">
      ${
        basket.isEmpty
          ? nothing
          : html`<button class="button" type="button" @click=${doings.openPanel}>
              ${say('toPay')} <span class="key ml-2" aria-hidden="true">Enter</span>
            </button>`
      }
      ${
        charge
          ? nothing
          : html`<button class="button-second small" type="button" @click=${doings.typeCharge}>
              ${say('somethingElse')} <span class="key ml-2" aria-hidden="true">*</span>
            </button>`
      }
      ${
        customer.isNobody
          ? nothing
          : html`
            <button class="button-second small" type="button" @click=${doings.clear}>
              ${say('clear')} <span class="key ml-2" aria-hidden="true">Esc</span>
            </button>
            <button class="button-second small" type="button" @click=${doings.next}>${say('putAside')}</button>`
      }
    </div>
    <p class="hint pointer-coarse:hidden">${say('keysHelp')}</p>`;
}

function sum(total: Money, money: TillWords['money'], label: string): TemplateResult {
  return html`
    <p class="my-3 flex items-baseline justify-between gap-3 border-t-2 border-seam pt-2">
      <span>${label}</span> <b class="till-sum">${money(total)}</b>
    </p>`;
}

function basketLine(
  line: BasketLine,
  { at, isChosen }: { at: number; isChosen: boolean },
  doings: BasketDoings,
  here: AtBasket,
  words: TillWords,
): TemplateResult {
  const { say, money } = words;
  const name = nameOfLine(line, here, words);
  return html`
    <li class="basket-line" data-chosen=${isChosen}>
      <span class="min-w-0 ${line.kind === 'places' ? 'max-sm:col-span-2' : ''}"
        ><b class="block">${name}</b> <span class="text-sm text-dust">${detail(line, here, words)}</span></span
      >
      ${line.kind === 'places' ? stepper(line.quantity, at, name, doings, words) : html`<span class="max-sm:hidden"></span>`}
      <span class="flex items-center gap-1">
        <span class="tabular-nums">${money(priceOf(line))}</span>
        <button class="quiet" type="button" aria-label=${say('takeAway', { what: name })} @click=${() => doings.takeAway(at)}>
          ×
        </button>
      </span>
    </li>`;
}

function detail(line: BasketLine, here: AtBasket, { say, money, shortDay, places }: TillWords) {
  if (line.kind === 'charge') return nothing;
  if (line.kind === 'booking') return `${line.reference} · ${places(line.quantity)} · ${say('bookedBefore')}`;
  const { showingId, price, screen, startsAt } = line.showing;
  const left = here.leftOf(showingId);
  const day = shortDay(startsAt, here.timeZone, here.now);
  return html`
    ${day}, ${screen}, ${say('perEach', { price: money(price) })}
    ${left !== null && left < line.quantity ? html`<b class="block text-coral">${say('tooFewLeft', { count: left })}</b>` : nothing}`;
}

function stepper(quantity: number, at: number, name: string, { step }: BasketDoings, { say }: TillWords) {
  return html`
    <span class="stepper">
      <button type="button" aria-label=${say('onePlaceLess', { what: name })} @click=${() => step(at, -1)}>–</button>
      <b class="grid min-w-10 place-items-center text-lg tabular-nums">${quantity}</b>
      <button type="button" aria-label=${say('onePlaceMore', { what: name })} @click=${() => step(at, 1)}>+</button>
    </span>`;
}

function chargeFields(
  charge: { amount: string; purpose: string },
  problem: string,
  { addCharge }: BasketDoings,
  currency: Currency,
  { say }: TillWords,
): TemplateResult {
  return html`
    <div class="my-3 grid gap-3 sm:grid-cols-2">
      <div class="field">
        <label for="charge-purpose">${say('chargeWhat')}</label>
        <input class="input" id="charge-purpose" maxlength="120" autocomplete="off" placeholder=${say('chargeExample')}
          .value=${live(charge.purpose)} @input=${(event: Event) => Object.assign(charge, { purpose: typedIn(event) })} />
      </div>
      <div class="field">
        <label for="charge-amount">${say('chargeAmount', { currency })}</label>
        <input class="input" id="charge-amount" inputmode="numeric" autocomplete="off"
          aria-describedby="charge-problem" aria-invalid=${problem !== ''}
          .value=${live(charge.amount)} @input=${(event: Event) => Object.assign(charge, { amount: typedIn(event) })} />
        <p class="problem" id="charge-problem">${problem}</p>
      </div>
      <button class="button-second small sm:col-span-2" type="button" @click=${addCharge}>${say('addCharge')}</button>
    </div>`;
}
