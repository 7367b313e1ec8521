import type { ReactiveController } from 'lit';
import type { BarsHit, SpendChart } from '../controllers/spend-chart.js';
import type { BarsPaint } from '../controllers/spend-drawing.js';
import { LazyPart } from '../controllers/lazy-part.js';
import type { SpendModel } from '../view/spend-model.js';
import { drawSpend } from '../view/spend-picture.js';
import type { SlotRange } from './spend-input.js';
import { PaintReader, watchColours } from './spend-paint.js';
import type { SpendHost } from './spend-part.js';

interface Options {
  readonly model: () => SpendModel | undefined;
}

const GAP_PX = 12;

/** Keeps a chart on the canvas that the element draws: made when both are there, gone when the element leaves the page. */
export class SpendPicture implements ReactiveController {
  chart: SpendChart | undefined;

  readonly #host: SpendHost;
  readonly #options: Options;
  readonly #script: LazyPart<{ SpendChart: typeof SpendChart }>;
  readonly #colours = new PaintReader();
  readonly #resize = new ResizeObserver(() => this.#draw());
  #canvas: HTMLCanvasElement | null = null;
  #drawn: { readonly model: SpendModel; readonly paint: BarsPaint; readonly width: number } | undefined;
  #unwatch: (() => void) | undefined;

  constructor(host: SpendHost, options: Options) {
    this.#host = host;
    this.#options = options;
    this.#script = new LazyPart(host, () => import('../controllers/spend-chart.js'));
    void this.#script.load();
    host.addController(this);
  }

  /** Why the script that draws could not be loaded. */
  get error(): unknown {
    return this.#script.error;
  }

  readonly retry = (): void => void this.#script.retry();

  hostConnected(): void {
    this.#unwatch ??= watchColours(() => {
      this.#colours.forget();
      this.#draw();
    });
  }

  hostDisconnected(): void {
    // A move is a disconnect and a connect in one tick, and must not stop us.
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
      this.#leave();
    });
  }

  hostUpdated(): void {
    const canvas = this.#host.renderRoot.querySelector('canvas');
    if (canvas !== this.#canvas) {
      this.#leave();
      this.#canvas = canvas;
      if (canvas !== null) this.#resize.observe(canvas.parentElement!);
    }
    this.#draw();
  }

  /** Puts the label and what is chosen beside what they speak of. */
  place(hit: BarsHit | null, range: SlotRange | null): void {
    const { chart } = this;
    const [box, label] = ['.chosen-time', '.place-label'].map((name) =>
      this.#host.renderRoot.querySelector<HTMLElement>(name),
    );
    if (!chart || !box || !label) return;
    const chosen = range ?? (hit && { first: hit.slot, last: hit.slot });
    box.hidden = chosen === null;
    if (chosen === null) return;
    const { left, width, top } = chart.boxOf(chosen.first, chosen.last);
    box.style.transform = `translateX(${Math.round(left)}px)`;
    box.style.width = `${Math.max(1, Math.round(width))}px`;
    if (label.hidden) return;
    const room = label.parentElement!.clientWidth;
    const right = left + width + GAP_PX;
    const x = right + label.offsetWidth <= room ? right : Math.max(0, left - GAP_PX - label.offsetWidth);
    label.style.transform = `translate(${Math.round(x)}px, ${Math.round(Math.max(0, top - label.offsetHeight))}px)`;
  }

  /** The picture with its ground, for a file; undefined while there is none. */
  get canvas(): { readonly canvas: HTMLCanvasElement; readonly paint: BarsPaint } | undefined {
    const model = this.#options.model();
    if (!this.chart || !this.#canvas || !model) return undefined;
    return { canvas: this.#canvas, paint: this.#readPaint(model) };
  }

  #readPaint({ stacks }: SpendModel): BarsPaint {
    const probe = this.#host.renderRoot.querySelector<SVGElement>('#probe')!;
    return this.#colours.read(
      probe,
      stacks.map(({ colour }) => colour),
    );
  }

  #draw(): void {
    const model = this.#options.model();
    const canvas = this.#canvas;
    const width = canvas?.parentElement?.clientWidth ?? 0;
    const Made = this.#script.value?.SpendChart;
    if (!Made || !model || canvas === null || width === 0 || !this.#host.isConnected) return;
    const paint = this.#readPaint(model);
    const drawn = { model, width, paint };
    const before = this.#drawn;
    if (before?.model === model && before.width === width && before.paint === paint) return;
    this.#drawn = drawn;
    const picture = drawSpend(model, width);
    if (this.chart) this.chart.draw(picture, paint, width);
    else this.chart = new Made(canvas, picture, paint, width);
  }

  #leave(): void {
    this.#resize.disconnect();
    this.chart?.destroy();
    this.chart = undefined;
    this.#drawn = undefined;
    this.#canvas = null;
  }
}
