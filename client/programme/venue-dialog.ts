import { html, type TemplateResult } from 'lit-html';
import { MINOR_UNITS } from '../../shared/money.ts';
import { AT_HOME } from '../../shared/office/programme.ts';
import { COUNTRIES, type Country } from '../../shared/phone.ts';
import { VenueView } from '../../shared/views.ts';
import { typedInto } from '../box-office/gate.ts';
import type { Office } from '../box-office/page.ts';
import { FormState } from './form-state.ts';
import { field, formDialog, type ProgrammeWords } from './form-view.ts';

/** A new cinema, or the one that is looked at. Its money and its clock are those of its country. */
export class VenueDialog {
  readonly #office: Office;
  readonly #venue: VenueView | null;
  readonly #done: () => void;
  readonly #form: FormState;
  #takesCharges: boolean;
  #country: Country;

  constructor(office: Office, venue: VenueView | null, done: () => void) {
    this.#office = office;
    this.#venue = venue;
    this.#done = done;
    this.#form = new FormState(office);
    this.#takesCharges = venue !== null && venue.charges !== null;
    this.#country = venue?.country ?? 'KE';
  }

  view(words: ProgrammeWords, putAway: () => void): TemplateResult {
    const title = this.#venue ? words.say('editOf', { what: this.#venue.name }) : words.say('addVenue');
    const content = html`${this.#where(words)} ${this.#contact(words)} ${this.#charges(words)}`;
    const submit = (form: Element) => this.#save(form);
    return formDialog({ title, content, act: words.say('save'), submit, putAway }, this.#form, words);
  }

  #where({ say }: ProgrammeWords): TemplateResult {
    const venue = this.#venue;
    return html`
      ${field({ name: 'name', label: say('venueName'), value: venue?.name ?? '', most: 80 }, this.#form)}
      <div class="grid gap-4 sm:grid-cols-2">
        ${field({ name: 'city', label: say('city'), value: venue?.city ?? '', most: 80 }, this.#form)}
        <div class="field min-w-0">
          <label for="field-country">${say('country')}</label>
          <select class="input" id="field-country" name="country" @change=${(event: Event) => this.#chooseCountry(event)}>
            ${COUNTRIES.map(
              country =>
                html`<option value=${country} ?selected=${country === this.#country}>${say(`country_${country}`)}</option>`,
            )}
          </select>
        </div>
      </div>`;
  }

  #contact({ say }: ProgrammeWords): TemplateResult {
    const { address = '', phone = '', email = '' } = this.#venue ?? {};
    const optional = true;
    return html`
      ${field({ name: 'address', label: say('address'), value: address, optional, hint: say('contactHint') }, this.#form)}
      <div class="grid gap-4 sm:grid-cols-2">
        ${field({ name: 'phone', label: say('venuePhone'), value: phone, type: 'tel', most: 24, optional }, this.#form)}
        ${field({ name: 'email', label: say('email'), value: email, type: 'email', most: 254, optional }, this.#form)}
      </div>`;
  }

  #charges({ say }: ProgrammeWords): TemplateResult {
    const { least, largest } = this.#venue?.charges ?? {};
    const { currency } = AT_HOME[this.#country];
    const inputs = html`
      <div class="grid grid-cols-2 gap-4">
        ${field({ name: 'least', label: say('leastCharge', { currency }), type: 'number', value: shillings(least) }, this.#form)}
        ${field({ name: 'largest', label: say('largestCharge', { currency }), type: 'number', value: shillings(largest) }, this.#form)}
      </div>`;
    return html`
      <label class="choice">
        <input type="checkbox" name="takesCharges" ?checked=${this.#takesCharges} @change=${() => this.#toggleCharges()} />
        ${say('takesCharges')}
      </label>
      ${this.#takesCharges ? inputs : html``}`;
  }

  #chooseCountry({ target }: Event) {
    const chosen = COUNTRIES.find(country => target instanceof HTMLSelectElement && country === target.value);
    this.#country = chosen ?? this.#country;
    this.#office.draw();
  }

  #toggleCharges() {
    this.#takesCharges = !this.#takesCharges;
    this.#office.draw();
  }

  async #save(form: Element) {
    const { api } = this.#office;
    const wish = this.#read(form);
    const saved = await this.#form.send(() =>
      this.#venue ? api.patch(`/venues/${this.#venue.venueId}`, VenueView, wish) : api.post('/venues', VenueView, wish),
    );
    if (saved) this.#done();
  }

  #read(form: Element) {
    const home = AT_HOME[this.#country];
    const money = (name: string) => ({ amount: Number(typedInto(form, name)) * MINOR_UNITS, currency: home.currency });
    return {
      name: typedInto(form, 'name'),
      city: typedInto(form, 'city'),
      country: this.#country,
      ...home,
      address: typedInto(form, 'address'),
      phone: typedInto(form, 'phone'),
      email: typedInto(form, 'email'),
      charges: this.#takesCharges ? { least: money('least'), largest: money('largest') } : null,
    };
  }
}

function shillings(money: { amount: number } | undefined): number | string {
  return money ? money.amount / MINOR_UNITS : '';
}
