/**
 * The arrows of the house: main/headless -> desktop, web -> console -> keeper -> wechat; console -> vault, ledger.
 * contract/, the ports (types) and lib/ may be read by all; nothing else points backwards.
 */
const PORTS =
  '^electron/(console/(contract|views|handout-views|preference-views|state-view|handout|host|policy|console)|wechat/wechat|vault/vault|ledger/ledger|log)\\.ts$|^electron/(lib|contract)/';

/** A room of electron/ and the rooms it may look into. */
function room(name, allowed) {
  const inside = [name, ...allowed].join('|');
  return {
    name: `arrows-of-${name}`,
    severity: 'error',
    from: { path: `^electron/${name}/` },
    to: { path: '^(electron|renderer|test|scripts)/', pathNot: [`^electron/(${inside})/`, PORTS] },
  };
}

function only(where, what, module) {
  return {
    name: `only-${what}-imports-${module.replace(/\W+/g, '-')}`,
    severity: 'error',
    from: { path: '^(electron|renderer)/', pathNot: where },
    to: { path: `^(node:)?${module}$|(^|/)node_modules/${module}/` },
  };
}

export default {
  forbidden: [
    room('contract', []),
    room('lib', []),
    room('wechat', []),
    room('keeper', ['wechat']),
    room('vault', []),
    room('ledger', []),
    room('console', ['keeper', 'wechat', 'vault', 'ledger']),
    room('handout', ['console']),
    room('page', []),
    room('web', ['console', 'page']),
    room('desktop', ['console', 'page']),
    room('sandbox', []),
    only('^electron/(main|preload|desktop-console)\\.ts$|^electron/desktop/', 'desktop', 'electron'),
    only('^electron/desktop/', 'desktop', 'electron-updater'),
    only('^electron/vault/', 'vault', 'keytar'),
    only('^electron/vault/', 'vault', 'age-encryption'),
    only('^electron/ledger/', 'ledger', 'sqlite'),
    only('^electron/(web|handout)/', 'web-and-handout', 'fastify'),
    only('^electron/handout/redis/', 'handout-redis', '@redis/client'),
    only('^electron/handout/', 'handout', 'prom-client'),
    {
      name: 'contract-imports-zod-only',
      severity: 'error',
      from: { path: '^electron/console/(contract|views|handout-views|preference-views|state-view)\\.ts$' },
      to: {
        pathNot:
          '(^|/)node_modules/zod/|^electron/console/((handout-|preference-)?views|state-view)\\.ts$|^electron/contract/',
      },
    },
    {
      name: 'renderer-takes-the-contract-only',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|test|scripts)/', pathNot: '^electron/(console/contract\\.ts$|contract/)' },
    },
    {
      name: 'renderer-takes-types-and-rules-only',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.d\\.ts$' },
      to: { path: '^electron/', pathNot: '^electron/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'preload-requires-electron-only',
      severity: 'error',
      from: { path: '^electron/preload\\.ts$' },
      to: { dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/electron/|^electron$' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.(d\\.ts|css|svg|html)$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
