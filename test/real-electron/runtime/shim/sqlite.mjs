// The names of node:sqlite that are there in Node 24, by a package that has the same SQLite and the same interface.
import { createRequire } from 'node:module';

export const { DatabaseSync, StatementSync, constants } = createRequire(import.meta.url)(
  '@photostructure/sqlite',
);
