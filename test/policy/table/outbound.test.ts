import { outbound } from '../cases/outbound.js';
import { describeCases } from './describe-cases.js';

describeCases(outbound);
