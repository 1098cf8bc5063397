import { fallback } from '../cases/fallback.js';
import { describeCases } from './describe-cases.js';

describeCases(fallback);
