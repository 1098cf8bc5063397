import { availability } from '../cases/availability.js';
import { describeCases } from './describe-cases.js';

describeCases(availability);
