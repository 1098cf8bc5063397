import { identity } from '../cases/identity.js';
import { describeCases } from './describe-cases.js';

describeCases(identity);
