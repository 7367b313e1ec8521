import type { Plugin } from 'rollup';

export function packTemplates(): Plugin;
