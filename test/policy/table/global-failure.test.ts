import { globalFailure } from '../cases/global-failure.js';
import { describeCases } from './describe-cases.js';

describeCases(globalFailure);
