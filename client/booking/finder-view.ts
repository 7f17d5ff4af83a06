import { html, type TemplateResult } from 'lit-html';
import { COUNTRIES } from '../../shared/phone.ts';
import { phoneSentence, submitted, textField } from '../kit/fields.ts';
import type { Words } from '../kit/words.ts';
import type { Finder } from './finder.ts';

const [EXAMPLE_COUNTRY] = COUNTRIES;

export function finderView(finder: Finder, words: Words): TemplateResult {
  const { say } = words;
  const referenceProblem = finder.referenceProblem();
  return html`
    <form class="grid gap-5" novalidate @submit=${submitted(form => finder.submit(form, words))}>
      <p class="text-dust">${say('findHelp')}</p>
      ${textField({
        id: 'reference',
        label: say('reference'),
        problem: referenceProblem ? say(referenceProblem) : '',
        input: typed => finder.type('reference', typed),
        leave: () => finder.leave('reference'),
      })}
      ${textField({
        id: 'lookup-phone',
        label: say('phone'),
        problem: phoneSentence(finder.phoneProblem(), EXAMPLE_COUNTRY, words),
        initial: finder.initialPhone,
        type: 'tel',
        autocomplete: 'tel',
        input: typed => finder.type('phone', typed),
        leave: () => finder.leave('phone'),
      })}
      <p class="problem">${finder.sentence(words)}</p>
      <button class="button" aria-disabled=${finder.isLooking}>${say(finder.isLooking ? 'finding' : 'find')}</button>
    </form>`;
}
