import { authentication } from '../cases/authentication.js';
import { describeCases } from './describe-cases.js';

describeCases(authentication);
