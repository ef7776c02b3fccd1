import { describe } from 'vitest';
import { memoryVault } from '../../../electron/vault/memory.ts';
import { itBehavesAsAVault } from '../../support/vault-behaviour.ts';

describe('the memory vault', () => itBehavesAsAVault(memoryVault));
