import { TSMigrationGenerator } from '@mikro-orm/migrations';

/**
 * Text is as long as it is and sorts by its letters' numbers, as on SQLite: an oddly long code of a gateway is no reason
 * to lose what it says, and the order of anything must not hang on the language that PostgreSQL was installed in. JSON
 * stays as it was written, for people read it in its order, and ids never run out.
 */
export class TextGenerator extends TSMigrationGenerator {
  override generateMigrationFile(className: string, { up, down }: { up: string[]; down: string[] }): string {
    return super.generateMigrationFile(className, { up: up.map(plainText), down: down.map(plainText) });
  }
}

function plainText(sql: string): string {
  return sql
    .replace(/\bvarchar\(\d+\)/g, 'text collate "C"')
    .replace(/\bjsonb\b/g, 'json')
    .replace(/" serial\b/g, '" bigserial');
}
