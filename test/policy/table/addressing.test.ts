import { addressing } from '../cases/addressing.js';
import { describeCases } from './describe-cases.js';

describeCases(addressing);
