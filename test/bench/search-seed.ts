import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { keepName } from '../../server/booking/keep-name.ts';
import { keepPhone } from '../../server/booking/read-phone.ts';
import { openDatabase } from '../../server/database/open-database.ts';
import type { Vault } from '../../server/database/vault.ts';
