import type { CamelCased } from '../api/camel-case.js';
import type { WireShownProject } from '../api/project.js';
import { joinTags } from './project-tags.js';

type Project = CamelCased<WireShownProject>;

/** Projects whose slug, name, top model and ways of attribution together contain every word, whatever its case. */
export function searchProjects(projects: readonly Project[], search: string): Project[] {
  const words = search.toLowerCase().split(/\s+/);
  return projects.filter(({ slug, name, topModel, tags }) => {
    const text = [slug, name, topModel, ...joinTags(tags).map(([word]) => word)].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
