import {
  type BinaryOperationNode,
  ColumnNode,
  type LimitNode,
  type OperationNode,
  ReferenceNode,
  SqliteQueryCompiler,
} from 'kysely';

/** What partial indexes are about. Few values each, and the code's own. */
const PLANNED_BY = new Set(['state', 'live', 'kept', 'listed', 'confirmation', 'allocation']);

/**
 * SQLite looks at some values to plan a query: at limits, and at what decides whether a partial index will do. Where such
 * a value is bound it prepares the whole statement again at every execution, which takes longer than most queries. Here
 * they stand in the statement itself.
 */
export class PlannedOnce extends SqliteQueryCompiler {
  #isPlannedBy = false;

  protected override visitLimit({ limit }: LimitNode) {
    this.append('limit ');
    this.#plannedBy(true, () => this.visitNode(limit));
  }

  protected override visitBinaryOperation(node: BinaryOperationNode) {
    this.#plannedBy(isPlannedBy(node.leftOperand), () => super.visitBinaryOperation(node));
  }

  protected override appendValue(value: unknown) {
    if (this.#isPlannedBy && ['string', 'number', 'boolean'].includes(typeof value)) this.appendImmediateValue(value);
    else super.appendValue(value);
  }

  #plannedBy(is: boolean, visit: () => void) {
    const before = this.#isPlannedBy;
    this.#isPlannedBy = is;
    visit();
    this.#isPlannedBy = before;
  }
}

function isPlannedBy(operand: OperationNode): boolean {
  return ReferenceNode.is(operand) && ColumnNode.is(operand.column) && PLANNED_BY.has(operand.column.column.name);
}
