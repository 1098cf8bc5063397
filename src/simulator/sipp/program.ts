// A SIPp scenario as it is run: commands one after the other, with jumps.
import type { Template } from './template.js';

export interface SippProgram {
  readonly name: string;
  readonly commands: readonly SippCommand[];
  /** The variables that all calls share. */
  readonly globals: ReadonlySet<string>;
}

/** What every command may say. */
interface Step {
  /** Counted from 1. */
  readonly line: number;
  /** Where it goes on, as an index; absent: with the next one. */
  readonly next?: number;
  /** It goes on there only when this variable is set. */
  readonly test?: string;
  /** It goes on there only so often, from 0 to 1. */
  readonly chance?: number;
  /** It is left out unless this variable is set, or with `inverse` is not. */
  readonly onlyIf?: { readonly variable: string; readonly inverse: boolean };
  readonly actions: readonly SippAction[];
}

export interface SendCommand extends Step {
  readonly do: 'send';
  readonly message: Template;
  /** A request, by its method, or a response. */
  readonly method: string | undefined;
  /** The first interval of its retransmissions, in milliseconds. */
  readonly retransMs?: number;
}

export interface RecvCommand extends Step {
  readonly do: 'recv';
  /** A method, or a status code. */
  readonly request?: string;
  readonly response?: string;
  /** The method is a regular expression. */
  readonly pattern?: RegExp;
  readonly optional: boolean;
  /** Whether the route set and the remote target are taken from it. */
  readonly rrs: boolean;
  readonly timeoutMs?: number;
  /** Where it goes on when the time is over; absent: the call fails. */
  readonly onTimeout?: number;
}

export interface PauseCommand extends Step {
  readonly do: 'pause';
  readonly duration: PauseDuration;
  /** At the end of a call: whatever still comes is of no interest. */
  readonly isTimewait: boolean;
}

export interface NopCommand extends Step {
  readonly do: 'nop';
}

export type SippCommand = SendCommand | RecvCommand | PauseCommand | NopCommand;

/** In milliseconds. */
export type PauseDuration =
  | { readonly kind: 'fixed'; readonly ms: number }
  | { readonly kind: 'variable'; readonly variable: string }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number };

export type SippAction =
  | {
      readonly do: 'ereg';
      readonly regexp: RegExp;
      readonly searchIn:
        'msg' | 'body' | { readonly header: string; readonly occurrence: number } | { readonly variable: string };
      readonly assignTo: readonly string[];
      /** The call fails when it does not match, or when it does. */
      readonly check: 'none' | 'match' | 'noMatch';
      readonly line: number;
    }
  | { readonly do: 'assignText'; readonly assignTo: string; readonly value: Template }
  | { readonly do: 'assignNumber'; readonly assignTo: string; readonly value: Operand }
  | { readonly do: 'compute'; readonly assignTo: string; readonly operator: ComputeOperator; readonly value: Operand }
  | {
      readonly do: 'test';
      readonly assignTo: string;
      readonly variable: string;
      readonly compare: Comparison;
      readonly value: Operand;
    }
  | {
      readonly do: 'strcmp';
      readonly assignTo: string;
      readonly variable: string;
      readonly value: Template | { readonly variable: string };
    }
  | { readonly do: 'trim'; readonly assignTo: string }
  | { readonly do: 'verifyauth'; readonly assignTo: string; readonly username: Template; readonly password: Template }
  | { readonly do: 'gettimeofday'; readonly seconds: string; readonly microseconds: string }
  | { readonly do: 'jump'; readonly to: Operand };

export type ComputeOperator = 'add' | 'subtract' | 'multiply' | 'divide';

export type Comparison =
  'equal' | 'not_equal' | 'greater_than' | 'less_than' | 'greater_than_equal' | 'less_than_equal';

/** A number as it stands, or that of a variable. */
export type Operand = number | { readonly variable: string };
