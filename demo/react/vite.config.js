import { defineConfig } from 'vite';

// Relative addresses: what is built runs in whatever folder it is put.
export default defineConfig({ base: './', build: { target: 'es2022' } });
