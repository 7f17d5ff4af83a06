import {
  type BinaryOperationNode,
  OperatorNode,
  PostgresDialect,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
} from 'kysely';
import type { Pool } from 'pg';
import { createPool } from './postgres-pool.ts';

/** PostgreSQL, asked through a pool of connections. */
export class PostgresPoolDialect extends PostgresDialect {
  readonly pool: Pool;

  constructor(url: string, connections: number) {
    const pool = createPool(url, connections);
    super({ pool });
    this.pool = pool;
  }

  override createQueryCompiler() {
    return new EmptyListsCompiler();
  }
}

/** SQLite knows that nothing is in an empty list, and everything outside of it; PostgreSQL does not take one. */
class EmptyListsCompiler extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { operator, rightOperand: list } = node;
    const isEmpty = PrimitiveValueListNode.is(list) && list.values.length === 0;
    if (isEmpty && OperatorNode.is(operator)) this.append(operator.operator === 'not in' ? 'true' : 'false');
    else super.visitBinaryOperation(node);
  }
}
