import { serverFailure } from '../cases/server-failure.js';
import { describeCases } from './describe-cases.js';

describeCases(serverFailure);
