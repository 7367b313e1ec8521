import { BarController, BarElement, CategoryScale, Chart, LinearScale, type Plugin } from 'chart.js';
import { type BarsGeometry, type BarsPaint, type BarsPicture, drawAbove, drawBelow } from './spend-drawing.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale);

/** Height of the picture in CSS pixels, and what of it stands above the bars, below them, and between them and the lane. */
export const PICTURE_PX = 282;
const TOP_PX = 24;
const TIMES_PX = 22;
const LANE_CAPTION_PX = 22;
const LABEL_GAP_PX = 8;
const BAR_SHARE = 2 / 3;

/** What stands under a place of the picture. */
export interface BarsHit {
  readonly slot: number;
  /** The stack, the lane of imputed amounts, or neither: the room above a bar. */
  readonly stack: number | 'lane' | null;
}

/**
 * Bars on a canvas, made by Chart.js, with what the look adds to them drawn before and after. Redraws at once, without
 * animation; `destroy` gives the canvas back.
 */
export class SpendChart {
  readonly #chart: Chart<'bar', { x: number; y: number }[], number>;
  #picture: BarsPicture;
  #paint: BarsPaint;
  #width: number;
  #geometry: BarsGeometry;

  constructor(canvas: HTMLCanvasElement, picture: BarsPicture, paint: BarsPaint, width: number) {
    this.#picture = picture;
    this.#paint = paint;
    this.#width = width;
    this.#geometry = this.#measure(canvas);
    this.#chart = new Chart(canvas, {
      type: 'bar',
      data: this.#data(),
      options: {
        animation: false,
        responsive: false,
        maintainAspectRatio: false,
        events: [],
        parsing: false,
        normalized: true,
        layout: { padding: this.#padding() },
        scales: {
          x: { type: 'category', display: false, stacked: true },
          y: { type: 'linear', display: false, stacked: true, min: 0, max: this.#geometry.top },
        },
        datasets: { bar: { barPercentage: BAR_SHARE, categoryPercentage: 1 } },
      },
      plugins: [this.#plugin()],
    });
    this.#chart.resize(width, PICTURE_PX);
  }

  /** Draws another picture, or the same one in other colours or at another width. */
  draw(picture: BarsPicture, paint: BarsPaint, width: number): void {
    const isResized = width !== this.#width;
    this.#picture = picture;
    this.#paint = paint;
    this.#width = width;
    const chart = this.#chart;
    this.#geometry = this.#measure(chart.canvas);
    chart.data = this.#data();
    chart.options.layout!.padding = this.#padding();
    chart.options.scales!.y!.max = this.#geometry.top;
    if (isResized) chart.resize(width, PICTURE_PX);
    else chart.update('none');
  }

  destroy(): void {
    this.#chart.destroy();
  }

  /** The slot under a place; places outside belong to the nearest one. */
  slotAt(x: number): number {
    const { left, slotWidth } = this.#geometry;
    return Math.max(0, Math.min(this.#picture.slots - 1, Math.floor((x - left) / slotWidth)));
  }

  hitAt(x: number, y: number): BarsHit {
    const slot = this.slotAt(x);
    const { base, unit, laneBase } = this.#geometry;
    if (y > base) return { slot, stack: laneBase !== null && y > base + TIMES_PX ? 'lane' : null };
    let height = (base - y) / unit;
    for (const [stack, values] of this.#picture.stacks.entries()) {
      height -= values[slot] ?? 0;
      if (height < 0) return { slot, stack };
    }
    return { slot, stack: null };
  }

  /** Left edge and width of slots, both of them included; and the top of the highest bar among them. */
  boxOf(first: number, last: number): { readonly left: number; readonly width: number; readonly top: number } {
    const { left, slotWidth, base, unit } = this.#geometry;
    const sums = Array.from({ length: last - first + 1 }, (_, at) =>
      this.#picture.stacks.reduce((sum, values) => sum + (values[first + at] ?? 0), 0),
    );
    return {
      left: left + first * slotWidth,
      width: (last - first + 1) * slotWidth,
      top: base - Math.max(...sums) * unit,
    };
  }

  #measure(canvas: HTMLCanvasElement): BarsGeometry {
    const { step, lines, laneTop, lineLabels, slots } = this.#picture;
    const context = canvas.getContext('2d')!;
    context.font = this.#paint.font;
    const left = Math.ceil(Math.max(...lineLabels.map((label) => context.measureText(label).width))) + LABEL_GAP_PX;
    const room = PICTURE_PX - TOP_PX - TIMES_PX - (laneTop > 0 ? LANE_CAPTION_PX : 0);
    const unit = room / (lines * step + laneTop);
    const height = Math.round(lines * step * unit);
    return {
      left,
      slotWidth: (this.#width - left) / slots,
      width: this.#width,
      barShare: BAR_SHARE,
      // A picture without height would have no scale.
      top: Math.max(lines * step, step / 1000),
      unit,
      base: TOP_PX + height,
      times: TOP_PX + height + TIMES_PX - 5,
      laneBase: laneTop > 0 ? PICTURE_PX - 1 : null,
    };
  }

  #padding(): { left: number; top: number; right: number; bottom: number } {
    const { left, base } = this.#geometry;
    return { left, top: TOP_PX, right: 0, bottom: PICTURE_PX - Math.max(base, TOP_PX + 1) };
  }

  #data(): { labels: number[]; datasets: { data: { x: number; y: number }[]; backgroundColor: string }[] } {
    const { slots, stacks } = this.#picture;
    return {
      labels: Array.from({ length: slots }, (_, slot) => slot),
      datasets: stacks.map((values, stack) => ({
        data: values.map((y, x) => ({ x, y })),
        backgroundColor: this.#paint.stacks[stack]!.fill,
      })),
    };
  }

  #plugin(): Plugin<'bar'> {
    return {
      id: 'look',
      beforeDatasetsDraw: ({ ctx }) => drawBelow(ctx, this.#picture, this.#geometry, this.#paint),
      afterDatasetsDraw: ({ ctx }) => drawAbove(ctx, this.#picture, this.#geometry, this.#paint),
    };
  }
}
