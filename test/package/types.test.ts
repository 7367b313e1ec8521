import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeFolder, removeFolder } from '../built-server.js';
import { copyProject, makeProject, packPackage, ROOT, runNode } from './packed.js';

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const NEEDED = ['lit', 'zod'];

/** What somebody who writes TypeScript does with elements, and what the compiler must not let pass. */
const EMBEDDER = `
import 'hm-elements/hm-calls.js';
import { HmProjects } from 'hm-elements/hm-projects.js';
import type { HmScope } from 'hm-elements/hm-scope.js';
import { FilterEvent } from 'hm-elements/events.js';

const calls = document.querySelector('hm-calls');
if (calls) {
  calls.columns = 'time,model';
  calls.order = 'asc';
  calls.addEventListener('hm-filter', (event) => {
    const models: readonly string[] | undefined = event.change.model;
    console.log(models, event instanceof FilterEvent);
  });
  calls.addEventListener('hm-error', (event) => console.log(String(event.error)));
  // @ts-expect-error: there is no such order
  calls.order = 'upwards';
  // @ts-expect-error: nor such a property
  calls.colour = 'red';
  // @ts-expect-error: a loaded answer changes no filter
  calls.addEventListener('hm-load', (event) => event.change);
  // @ts-expect-error: what was chosen is not a number
  calls.addEventListener('hm-select', (event) => { const chosen: number = event.calls; return chosen; });
}
document.body.addEventListener('hm-select', (event) => console.log(event.calls.join()));
new HmProjects().addEventListener('hm-filter', ({ change }) => console.log(change.project));

const projects: HTMLElementTagNameMap['hm-projects'] = document.createElement('hm-projects');
projects.archived = true;
// @ts-expect-error: it is true or false
projects.archived = 'yes';

export function narrow(scope: HmScope): void {
  scope.filter = { ...scope.filter, project: ['acme'] };
  scope.dispatchEvent(new FilterEvent({ last: '7d' }));
  // @ts-expect-error: projects are a list
  scope.filter = { project: 'acme' };
}

// @ts-expect-error: the package has no such element
import 'hm-elements/hm-nothing.js';
// @ts-expect-error: and nothing of what it is made of is to be had
import 'hm-elements/dist/elements/hm-calls.js';
`;

const VUE = `
import type { GlobalComponents } from 'vue';
import type {} from 'hm-elements/vue';

type Calls = InstanceType<GlobalComponents['hm-calls']>;
export const right: Calls['$props'] = { columns: 'time', order: 'desc', class: 'wide' };
// @ts-expect-error: there is no such order
export const wrong: Calls['$props'] = { order: 'upwards' };

export function hear(emit: Calls['$emit'], event: FilterEvent): void {
  emit('hm-filter', event);
  // @ts-expect-error: the element sends no such event
  emit('hm-nothing', event);
}
import type { FilterEvent } from 'hm-elements/events.js';
`;

const REACT = `
export const right = <hm-calls columns="time" order="desc" className="wide" onhm-filter={({ change }) => change.model} />;
export const scope = <hm-scope filter={{ project: ['acme'] }} onhm-select={({ calls }) => calls.join()} />;
// @ts-expect-error: there is no such order
export const wrong = <hm-calls order="upwards" />;
// @ts-expect-error: a loaded answer changes no filter
export const deaf = <hm-calls onhm-load={({ change }) => change} />;
// @ts-expect-error: there is no such element
export const unknown = <hm-nothing />;
`;

/** All of react-dom's types that a page needs: the rest is not among our own packages. */
const REACT_DOM = `export function createRoot(container: Element): { render(node: import('react').ReactNode): void };`;

let folder: string;
let tarball: string;

before(async () => {
  folder = await makeFolder();
  tarball = join(folder, await packPackage(folder));
});

after(() => removeFolder(folder));

describe('the types of the package, strictly checked, themselves too,', () => {
  it('are right for a project of Node’s own resolution, and for Vue', async () => {
    const project = join(folder, 'node');
    await mkdir(project);
    await makeProject(project, tarball, [...NEEDED, 'vue']);
    await writeFile(join(project, 'package.json'), '{ "name": "embedder", "private": true, "type": "module" }');
    const compilerOptions = {
      target: 'ES2022',
      lib: ['ES2023', 'DOM', 'DOM.Iterable'],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      types: [],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUncheckedSideEffectImports: true,
      skipLibCheck: false,
      noEmit: true,
    };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts', 'vue.ts'] }));
    await writeFile(join(project, 'main.ts'), EMBEDDER);
    await writeFile(join(project, 'vue.ts'), VUE);
    await runNode([TSC], project);
  });

  it('are right for a bundler’s project in React: our example', async () => {
    const project = join(folder, 'react');
    await copyProject('demo/react', project, tarball, [...NEEDED, 'react', '@types/react', 'csstype', 'vite']);
    const types = join(project, 'node_modules/@types/react-dom');
    await mkdir(types);
    await writeFile(join(types, 'client.d.ts'), REACT_DOM);
    await writeFile(join(types, 'package.json'), '{ "name": "@types/react-dom", "version": "19.0.0" }');
    await writeFile(join(project, 'src/embedder.ts'), EMBEDDER);
    await writeFile(join(project, 'src/uses.tsx'), REACT);
    await runNode([TSC], project);
  });
});
