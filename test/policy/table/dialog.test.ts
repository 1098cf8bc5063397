import { dialog } from '../cases/dialog.js';
import { describeCases } from './describe-cases.js';

describeCases(dialog);
