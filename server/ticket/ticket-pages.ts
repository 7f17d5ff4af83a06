import { parentPort, workerData } from 'node:worker_threads';
import { generate } from 'lean-qr';
import PDFDocument from 'pdfkit';
import { writeTicketCode } from '../../shared/ticket-code.ts';

/** What stands on one ticket, as text that is ready to print. */
export interface TicketPage {
  title: string;
  when: string;
  where: string;
  reference: string;
  place: string;
  code: string;
  testMode: boolean;
  /** Above everything else, if anything must be said. */
  warning: string | null;
}

const WIDTH = 298; // A6 in points.
const MARGIN = 24;
const QR_SIDE = 150;

const document = new PDFDocument({ size: 'A6', margin: MARGIN, autoFirstPage: false, info: { Title: 'Tickets' } });
const chunks: Buffer[] = [];
document.on('data', (chunk: Buffer) => chunks.push(chunk));
document.on('end', () => parentPort?.postMessage(Buffer.concat(chunks)));
for (const ticket of workerData as TicketPage[]) drawTicket(ticket);
document.end();

function drawTicket({ title, when, where, reference, place, code, testMode, warning }: TicketPage) {
  document.addPage();
  if (warning) document.fontSize(9).fillColor('#b00020').text(warning, { align: 'center' });
  document.fontSize(17).fillColor('#000').font('Helvetica-Bold').text(title, { align: 'center' });
  document.font('Helvetica').fontSize(11).text(when, { align: 'center' }).text(where, { align: 'center' });
  drawQr(writeTicketCode(code, testMode), (WIDTH - QR_SIDE) / 2, document.y + 12);
  document.y += QR_SIDE + 22;
  document.font('Helvetica-Bold').fontSize(13).text(`${reference}  ·  ${place}`, { align: 'center' });
  document.font('Courier').fontSize(8).text(code, { align: 'center' });
}

function drawQr(code: string, left: number, top: number) {
  const qr = generate(code);
  const dot = QR_SIDE / qr.size;
  for (let y = 0; y < qr.size; y++)
    for (let x = 0; x < qr.size; x++)
      if (qr.get(x, y)) document.rect(left + x * dot, top + y * dot, dot + 0.1, dot + 0.1);
  document.fill('#000');
}
