import { refusal } from '../cases/refusal.js';
import { describeCases } from './describe-cases.js';

describeCases(refusal);
