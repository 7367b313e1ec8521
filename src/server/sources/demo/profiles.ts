import { ENGINEERING } from './profiles/engineering.js';
import { ODDS } from './profiles/odds.js';
import { SERVICES } from './profiles/services.js';
import type { ProjectProfile } from './projects.js';

/** The projects of the demo, made up, with slugs in the daemon's manner. */
export const PROFILES: readonly ProjectProfile[] = [...SERVICES, ...ENGINEERING, ...ODDS];
