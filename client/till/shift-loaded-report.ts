import { ReportAnswer, type ReportView } from '../../shared/office/shift-report.ts';
import type { Office } from '../box-office/page.ts';
import { Openings } from './shift-openings.ts';
import { reportPaper } from './shift-paper.ts';
import { SHIFT_SENTENCES } from './shift-words.ts';

/** A report as the server has it, and what of it is opened. */
export class LoadedReport {
  readonly path: string;
  readonly openings: Openings;
  readonly #office: Office;
  readonly #alsoLoad: () => Promise<void>;
  report: ReportView | null = null;
  problem = '';
  #isLoading = false;
  #isOld = false;

  constructor(office: Office, path: string, alsoLoad: () => Promise<void> = async () => {}) {
    this.#office = office;
    this.path = path;
    this.openings = new Openings(office);
    this.#alsoLoad = alsoLoad;
  }

  /** One at a time, and once more for whatever changed meanwhile: a till in a hurry changes faster than anybody reads. */
  async load(): Promise<void> {
    this.#isOld = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    while (this.#isOld) {
      this.#isOld = false;
      await this.#fetch();
    }
    this.#isLoading = false;
  }

  print(paper: 'receipt' | 'sheet'): void {
    if (this.report) this.#office.print(reportPaper(this.report, paper, this.#office.wordsOf(SHIFT_SENTENCES)), paper);
  }

  async #fetch() {
    const answer = await this.#office.api.get(this.path, ReportAnswer);
    if ('value' in answer) this.report = answer.value.report;
    this.problem = 'trouble' in answer ? this.#office.sentence(answer.trouble) : '';
    if (this.report && this.problem) this.#office.tell(this.problem, 'bad');
    await this.#alsoLoad();
    this.#office.draw();
  }
}
