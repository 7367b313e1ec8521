import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Tags with `hm-` are elements, not components of Vue's. Relative addresses: what is built runs in whatever folder it is put.
export default defineConfig({
  base: './',
  build: { target: 'es2022' },
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('hm-') } } })],
});
