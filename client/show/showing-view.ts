import { html, nothing, type TemplateResult } from 'lit-html';
import { PLACES_MAX } from '../../shared/limits.ts';
import type { MovieView, ShowingView, VenueView } from '../../shared/views.ts';
import { submitted, textField, typedIn } from '../kit/fields.ts';
import { sendsMail } from '../kit/page.ts';
import type { Words } from '../kit/words.ts';
import { type BookingForm, type FormProblems, isBookable } from './booking-form.ts';
import { movieFacts } from './movie-facts.ts';
import { room } from './showing-slot.ts';

export interface ShowingPageState {
  showing: ShowingView;
  movie: MovieView | null;
  venue: VenueView | undefined;
  form: BookingForm;
  problems: FormProblems;
  now: Date;
}
export interface FormActions {
  type(change: Partial<Pick<BookingForm, 'quantity' | 'customerName' | 'email'>>): void;
  typePhone(phone: string): void;
  leavePhone(): void;
  step(by: number): void;
  submit(form: Element): Promise<void>;
}

export function showingView(state: ShowingPageState, words: Words, actions: FormActions): TemplateResult {
  const { movie } = state;
  return html`
    <div class="frame">
      <a class="quiet -ml-2.5" href="/">‹ ${words.say('allMovies')}</a>
      <div class="showing">
        <div class="[grid-area:poster]">
          ${movie ? html`<img class="poster" src=${movie.imageUrl} alt="" width="400" height="600" />` : html`<div class="poster"></div>`}
        </div>
        ${whatAndWhen(state, words)}
        <section class="[grid-area:form]" aria-label=${words.say('quantity')}>${booking(state, words, actions)}</section>
        <p class="max-w-prose [grid-area:text]">${movie?.description}</p>
      </div>
    </div>`;
}

function whatAndWhen({ showing, movie, venue, now }: ShowingPageState, words: Words): TemplateResult {
  return html`
    <div class="min-w-0 [grid-area:title]">
      <h1 class="text-xl md:text-2xl">${showing.title}</h1>
      ${movie ? movieFacts(movie, words) : nothing}
      <p class="mt-4 text-lg font-extrabold text-marigold">
        ${words.day(showing.startsAt, showing.timeZone, now)}<br />
        ${words.localTime(showing.startsAt, showing.timeZone)}
      </p>
      <p class="mt-2">${showing.venue} · ${showing.screen}</p>
      <p class="hidden text-sm text-dust md:block">${venue?.address}</p>
    </div>`;
}

function booking(state: ShowingPageState, words: Words, actions: FormActions): TemplateResult {
  const { showing, now } = state;
  if (showing.cancelled) return closed(nothing, words.say('showingCancelled'));
  const heading = html`
    <p class="flex items-baseline justify-between gap-3">
      <strong class="text-lg">${words.say('perPlace', { price: words.money(showing.price) })}</strong>
      <span class="text-right text-sm">${room(showing, words)}</span>
    </p>`;
  if (new Date(showing.startsAt) <= now) return closed(heading, words.say('problem_showing_over'));
  if (showing.gateways.length === 0) return closed(heading, words.say('opensSoonLong'));
  return html`<div class="card">
    ${heading} ${showing.placesLeft === 0 ? html`<p class="problem">${words.say('soldOutNow')}</p>` : nothing}
    ${formView(state, words, actions)}
  </div>`;
}

const closed = (heading: TemplateResult | typeof nothing, sentence: string) =>
  html`<div class="card">${heading}<p class="mt-4">${sentence}</p></div>`;

function formView({ showing, form, problems }: ShowingPageState, words: Words, actions: FormActions): TemplateResult {
  const { say } = words;
  const optional = (label: string) => `${label} (${say('optional')})`;
  return html`
    <form class="mt-5 grid gap-5" novalidate @submit=${submitted(actions.submit)}>
      ${quantityField(form, problems, words, actions)}
      ${textField({
        id: 'customerName',
        label: optional(say('customerName')),
        problem: problems.customerName,
        initial: form.customerName,
        autocomplete: 'name',
        input: customerName => actions.type({ customerName }),
      })}
      ${textField({
        id: 'phone',
        label: optional(say('phone')),
        hint: say('phoneWhy'),
        problem: problems.phone,
        initial: form.phone,
        type: 'tel',
        autocomplete: 'tel',
        input: actions.typePhone,
        leave: actions.leavePhone,
      })}
      ${sendsMail() ? emailField(form, problems, words, actions) : nothing}
      ${totalLine(showing, form, words)}
      <p class="problem m-0">${problems.form}</p>
      <button class="button" ?disabled=${showing.placesLeft === 0} aria-disabled=${form.isSending}>
        ${say(form.isSending ? 'booking' : 'book')}
      </button>
      <p class="hint m-0">${say('howToGo')}</p>
    </form>`;
}

/** The tickets come by mail, too. */
function emailField({ email }: BookingForm, problems: FormProblems, { say }: Words, actions: FormActions) {
  return textField({
    id: 'email',
    label: `${say('email')} (${say('optional')})`,
    hint: say('emailWhy'),
    problem: problems.email,
    initial: email,
    type: 'email',
    autocomplete: 'email',
    input: typed => actions.type({ email: typed }),
  });
}

function quantityField(
  { quantity }: BookingForm,
  problems: FormProblems,
  words: Words,
  actions: FormActions,
): TemplateResult {
  const { say } = words;
  return html`
    <div class="field">
      <label for="quantity">${say('quantity')}</label>
      <div class="stepper">
        <button type="button" aria-label=${say('fewer')} ?disabled=${quantity <= 1} @click=${() => actions.step(-1)}>−</button>
        <input
          id="quantity"
          name="quantity"
          type="number"
          inputmode="numeric"
          min="1"
          max=${PLACES_MAX}
          value="1"
          aria-describedby="quantity-problem"
          aria-invalid=${problems.quantity !== ''}
          @input=${(event: InputEvent) => actions.type({ quantity: Number.parseFloat(typedIn(event)) })}
        />
        <button type="button" aria-label=${say('more')} ?disabled=${quantity >= PLACES_MAX} @click=${() => actions.step(1)}>+</button>
      </div>
      <p class="problem" id="quantity-problem">${problems.quantity}</p>
    </div>`;
}

function totalLine({ price }: ShowingView, { quantity }: BookingForm, words: Words): TemplateResult {
  const total = isBookable(quantity) ? words.money({ ...price, amount: price.amount * quantity }) : '–';
  return html`
    <p class="flex items-baseline justify-between border-t border-seam pt-4">
      <span>${words.say('total')}</span>
      <output class="text-xl font-extrabold" for="quantity">${total}</output>
    </p>`;
}
