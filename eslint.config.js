// Lint: typescript-eslint's strict rules, and the rules of this project that no type can hold.
import tseslint from 'typescript-eslint';

const determinism = [
  { object: 'Date', property: 'now', message: 'Time comes in through Environment.clock (src/timing).' },
  { object: 'Math', property: 'random', message: 'Chance comes in through Environment.random (src/timing).' },
  { object: 'performance', property: 'now', message: 'Time comes in through Environment.clock (src/timing).' },
  { object: 'crypto', property: 'randomUUID', message: 'Tokens come in through Environment.token (src/timing).' },
  { object: 'crypto', property: 'getRandomValues', message: 'Tokens come in through Environment.token (src/timing).' },
];

const structure = [
  { selector: 'ExportAllDeclaration', message: 'List every exported name: a diff must show what became public.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
  { selector: 'TSNonNullExpression', message: 'Check, or make the type say so.' },
];

const clockless = [
  ...structure,
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time comes in through Environment.clock.',
  },
];

export default tseslint.config(
  {
    ignores: ['dist/', 'node_modules/', 'coverage/', 'reports/', 'bench/node_modules/', 'bench/dist/', '.stryker-tmp/'],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An array index may be out of range (noUncheckedIndexedAccess says so), and JavaScript callers are not type-checked.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'no-restricted-syntax': ['error', ...structure],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/**', 'machines/**'],
    ignores: ['src/timing/**', 'src/cli/**'],
    rules: {
      'no-restricted-properties': ['error', ...determinism],
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process', 'Buffer'].map((name) => ({
          name,
          message: 'The core is deterministic and runs in a browser: what is outside comes in through Environment.',
        })),
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['node:*'], message: 'Only src/cli may import from Node: the rest runs in a browser.' }],
        },
      ],
      'no-restricted-syntax': ['error', ...clockless],
    },
  },
  {
    files: ['src/sip/**', 'src/policy/**', 'src/request/**', 'src/digest/**', 'src/timing/**', 'src/budget/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['xstate', 'xstate/*'], message: 'XState begins in machines/.' },
            { group: ['node:*'], message: 'Only src/cli may import from Node: the rest runs in a browser.' },
          ],
        },
      ],
    },
  },
  // The page lives by the screen's time: a transition, a playback, a stream that is read in slices.
  {
    files: ['src/inspect/page/**'],
    rules: {
      'no-restricted-properties': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', ...structure],
    },
  },
  // Sockets, DNS and files are Node's; time and chance come in through Environment there, too.
  { files: ['src/transport/**', 'src/inspect/server/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['test/**', 'scripts/**', 'examples/**', 'bench/**', '*.config.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': 'off',
      'no-console': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
  // A tool's configuration is the one place where a default export is asked for.
  { files: ['*.config.js', '*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
