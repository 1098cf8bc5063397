// The build: ESM, CommonJS and types for the library; one ESM file for the command line.
import { defineConfig, type Options } from 'tsup';

const entry = {
  index: 'src/index.ts',
  policy: 'src/policy/index.ts',
  'policy/custom': 'src/policy/custom.ts',
  'policy/describe': 'src/policy/describe.ts',
  'policy/subscription': 'src/policy/subscription.ts',
  request: 'src/request/index.ts',
  digest: 'src/digest/index.ts',
  machines: 'machines/index.ts',
  uac: 'src/uac/index.ts',
  transport: 'src/transport/index.ts',
  'adapters/sip-js': 'src/adapters/sip-js/index.ts',
  simulator: 'src/simulator/index.ts',
  fleet: 'src/fleet/index.ts',
  inspect: 'src/inspect/index.ts',
  'inspect/browser': 'src/inspect/browser.ts',
  testing: 'src/testing.ts',
};

const shared: Options = {
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  treeshake: true,
  // The transports and the inspector's server are for Node alone.
  external: ['xstate', /^node:/],
  removeNodeProtocol: false,
};

export default defineConfig([
  { ...shared, entry, format: 'esm', dts: true, clean: true },
  // @noble/hashes is ESM only: a CommonJS caller on Node 20.19 gets it bundled.
  { ...shared, entry, format: 'cjs', dts: true, noExternal: ['@noble/hashes'], shims: true },
  {
    entry: { cli: 'src/cli/bin.ts' },
    format: 'esm',
    target: 'node20',
    platform: 'node',
    banner: { js: '#!/usr/bin/env node' },
  },
]);
