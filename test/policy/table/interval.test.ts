import { interval } from '../cases/interval.js';
import { describeCases } from './describe-cases.js';

describeCases(interval);
