import { extension } from '../cases/extension.js';
import { describeCases } from './describe-cases.js';

describeCases(extension);
