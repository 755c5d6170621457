/** The words that options and arguments accept where they accept no others. */
import type { Level } from '../../build/graph/graph.js';

export const RESULT_FORMATS = ['text', 'json', 'jsonl'] as const;

/** `near`: the best misses first; `score`, `cost` and `candidates`: the highest first. */
export const RESULT_ORDERS = ['task', 'near', 'score', 'cost', 'candidates'] as const;

/** The phases whose steps are looked up, or whose files are. */
export const EXPLAINED_PHASES = ['load', 'inline', 'validate', 'score', 'publish'] as const;

export const GRAPH_FORMATS = ['text', 'dot', 'mermaid', 'json'] as const;

/** Those of build/graph/graph.ts, which is not loaded for their names. */
export const GRAPH_LEVELS = ['workspace', 'task', 'phase', 'step'] as const satisfies readonly Level[];

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Those of dsl/dialects.ts, which is not loaded for their names. */
export const DIALECTS = ['arc-dsl', 'tokpidjin'] as const;
