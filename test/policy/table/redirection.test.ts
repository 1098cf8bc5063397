import { redirection } from '../cases/redirection.js';
import { describeCases } from './describe-cases.js';

describeCases(redirection);
