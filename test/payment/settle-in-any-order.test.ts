import assert from 'node:assert/strict';
import { before, test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { byCallback, byQuery, failed, GOING, paid, TOTAL } from '../support/evidence.ts';
import { live, type Step, type World } from '../support/histories.ts';
import { type Core, openCore } from '../support/money-core.ts';
import { buildWorlds, PROMPT_OVER_MS } from '../support/worlds.ts';
