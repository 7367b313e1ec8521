// What a page of somebody else imports as `hm-elements/events.js`, whichever of our files an event stands in.
export { FilterEvent, LoadErrorEvent, LoadEvent, SelectEvent } from './events.js';
export { GoEvent, ViewEvent } from './view-events.js';
