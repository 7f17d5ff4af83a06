import { TSMigrationGenerator } from '@mikro-orm/migrations';

/**
 * Text is as long as it is and sorts by its letters' numbers, as on SQLite: an oddly long code of a gateway is no reason
 * to lose what it says, and the order of anything must not hang on the language that PostgreSQL was installed in. Ids
 * never run out either.
 */
export class TextGenerator extends TSMigrationGenerator {
  override generateMigrationFile(className: string, { up, down }: { up: string[]; down: string[] }): string {
    return super.generateMigrationFile(className, { up: up.map(plainText), down: down.map(plainText) });
  }
}

function plainText(sql: string): string {
  return sql.replace(/\bvarchar\(\d+\)/g, 'text collate "C"').replace(/" serial\b/g, '" bigserial');
}
