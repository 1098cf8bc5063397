// For mutation testing: a property that fails is enough, its smallest counter-example is not needed.
import { configureGlobal } from 'fast-check';

configureGlobal({ endOnFailure: true, numRuns: 20 });
