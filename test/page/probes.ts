/** How a page may try to get at what another server answers. Each runs in that page, and says in words what it got. */

export interface Probe {
  readonly how: string;
  /** `origin`: the server's. Gives `refused`, or what could be had. */
  readonly run: (origin: string, ...more: string[]) => Promise<string>;
  readonly more?: readonly string[];
}

/** Sent to the page by itself: it knows nothing of what stands around it here. */
function loadElement(origin: string, start = '', attribute = '', path = ''): Promise<string> {
  return new Promise((resolve) => {
    const [tag = '', ...words] = start.split(' ');
    const element = document.createElement(tag);
    for (const word of words) element.setAttribute(word.split('=')[0]!, word.split('=')[1]!);
    element.onload = element.onloadeddata = () => resolve('loaded');
    element.onerror = () => resolve('refused');
    element.setAttribute(attribute, origin + path);
    document.body.append(element);
  });
}

export const PROBES: readonly Probe[] = [
  {
    how: 'fetch',
    run: (origin) =>
      fetch(`${origin}/api/projects`).then(
        (answer) => answer.text(),
        () => 'refused',
      ),
  },
  {
    how: 'fetch with credentials',
    run: (origin) =>
      fetch(`${origin}/api/projects`, { credentials: 'include' }).then(
        (answer) => answer.text(),
        () => 'refused',
      ),
  },
  {
    how: 'fetch with a header of its own',
    run: (origin) =>
      fetch(`${origin}/api/projects`, { headers: { 'X-Own': '1' } }).then(
        (answer) => answer.text(),
        () => 'refused',
      ),
  },
  {
    how: 'fetch without CORS',
    run: (origin) =>
      fetch(`${origin}/api/projects`, { mode: 'no-cors' }).then(
        (answer) => answer.type,
        () => 'refused',
      ),
  },
  {
    how: 'fetch of a page',
    run: (origin) =>
      fetch(`${origin}/`).then(
        (answer) => answer.text(),
        () => 'refused',
      ),
  },
  {
    how: 'fetch of a page for frames',
    run: (origin) =>
      fetch(`${origin}/embed/hm-projects`).then(
        (answer) => answer.text(),
        () => 'refused',
      ),
  },
  {
    how: 'fetch of an own page',
    run: (origin) =>
      fetch(`${origin}/pages/mine.html`).then(
        (answer) => answer.text(),
        () => 'refused',
      ),
  },
  {
    how: 'POST of a simple kind',
    run: (origin) =>
      fetch(`${origin}/api/projects`, { method: 'POST', mode: 'no-cors', body: 'x' }).then(
        (answer) => answer.type,
        () => 'refused',
      ),
  },
  {
    how: 'XMLHttpRequest',
    run: (origin) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.onload = () => resolve(request.responseText);
        request.onerror = () => resolve('refused');
        request.open('GET', `${origin}/api/projects`);
        request.send();
      }),
  },
  {
    how: 'EventSource',
    run: (origin) =>
      new Promise((resolve) => {
        const source = new EventSource(`${origin}/api/events`);
        source.onopen = () => resolve('opened');
        source.onerror = () => {
          source.close();
          resolve('refused');
        };
      }),
  },
  {
    how: 'WebSocket',
    run: (origin) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/events`);
        socket.onopen = () => resolve('opened');
        socket.onerror = () => resolve('refused');
      }),
  },
  {
    how: 'import of an element',
    run: (origin) =>
      import(`${origin}/elements/hm-projects.js`).then(
        () => 'loaded',
        () => 'refused',
      ),
  },
  ...(
    [
      ['script', 'src', '/api/projects'],
      ['script', 'src', '/elements/hm-projects.js'],
      ['img', 'src', '/favicon.svg'],
      ['img', 'src', '/api/projects'],
      ['link rel=stylesheet', 'href', '/page.css'],
      ['link rel=prefetch', 'href', '/api/projects'],
      ['link rel=preload as=script', 'href', '/elements/hm-projects.js'],
      ['video', 'src', '/api/projects'],
      ['object', 'data', '/api/projects'],
    ] as const
  ).map((more) => ({ how: `<${more[0]} ${more[1]}=${more[2]}>`, run: loadElement, more })),
];
