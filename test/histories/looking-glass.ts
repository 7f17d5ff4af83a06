import type { PostgresNow } from '../support/postgres-now.ts';

const LIKE_SQLITE = `
  create schema looking;
  create function looking.iif(boolean, anycompatible, anycompatible) returns anycompatible language sql immutable
    as 'select case when $1 then $2 else $3 end';
  create function looking.iif(boolean, text, text) returns text language sql immutable
    as 'select case when $1 then $2 else $3 end';
  create function looking.max(numeric, numeric) returns numeric language sql immutable as 'select greatest($1, $2)';
  create function looking.unixepoch(text, text) returns numeric language sql stable
    as 'select extract(epoch from $1::timestamptz)';
  create function looking.field(text, text) returns text language sql immutable as 'select $1::jsonb ->> $2';
  create operator looking.->> (leftarg = text, rightarg = text, function = looking.field);
  create function looking.joined(text, text) returns text language sql immutable
    as 'select case when $1 is null then $2 when $2 is null then $1 else $1 || '','' || $2 end';
  create aggregate looking.group_concat(text) (sfunc = looking.joined, stype = text)`;

/**
 * Shows every table as SQLite keeps it, in a schema in front of the real one: instants in milliseconds, JSON as text. So
 * the rules of the histories are written once. Answers the tables.
 */
export function lookingGlass(database: PostgresNow): string[] {
  database.ask(LIKE_SQLITE);
  const tables = database.ask(
    `select table_name as name, string_agg(case data_type
        when 'timestamp with time zone' then format('(extract(epoch from %I) * 1000)::bigint as %s', column_name, column_name)
        when 'json' then format('%I::text as %s', column_name, column_name)
        else format('%I as %s', column_name, column_name) end, ', ' order by ordinal_position) as columns
     from information_schema.columns where table_schema = 'public' and table_name not like '%migrations' group by 1`,
  ) as { name: string; columns: string }[];
  for (const { name, columns } of tables)
    database.ask(`create view looking."${name}" as select ${columns} from public."${name}"`);
  database.ask('set search_path to looking, public');
  return tables.map(({ name }) => name);
}
