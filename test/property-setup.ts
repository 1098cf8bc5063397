// The same cases in each run, so that a change is judged by what it changes. `PROPERTY_SEED=$RANDOM npm test` looks at others.
import { configureGlobal } from 'fast-check';

configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_123) });
