import { content } from '../cases/content.js';
import { describeCases } from './describe-cases.js';

describeCases(content);
