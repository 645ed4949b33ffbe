/** How often values were up to each bound, for one set of labels. */
export class Series {
  readonly labels: Record<string, string>
  readonly counts: Float64Array
  sum = 0
  private readonly bounds: readonly number[]

  constructor(labels: Record<string, string>, bounds: readonly number[]) {
    this.labels = labels
    this.bounds = bounds
    this.counts = new Float64Array(bounds.length + 1)
  }

  observe(value: number): void {
    let index = 0
    while (index < this.bounds.length && value > this.bounds[index]!) index++
    this.counts[index]!++
    this.sum += value
  }
}

type Value = { metricName: string; labels: Record<string, string | number>; value: number }

/**
 * A histogram that prom-client's registry can show. Its own looks up the labels anew for each value, which takes as
 * long as thirty of these; and each delivery has three values.
 */
export class Histogram {
  readonly name: string
  readonly help: string
  readonly type = 'histogram'
  private readonly bounds: readonly number[]
  private readonly all = new Map<string, Series>()

  /** @param bounds growing */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.name = name
    this.help = help
    this.bounds = bounds
  }

  /** The series of a set of labels; to be kept by who observes often. */
  series(labels: Record<string, string> = {}): Series {
    const key = Object.values(labels).join('\n')
    let series = this.all.get(key)
    if (!series) {
      series = new Series(labels, this.bounds)
      this.all.set(key, series)
    }
    return series
  }

  /** What the registry asks for. */
  async get(): Promise<{ name: string; help: string; type: string; aggregator: string; values: Value[] }> {
    const { name, help, type } = this
    return {
      name,
      help,
      type,
      aggregator: 'sum',
      values: [...this.all.values()].flatMap(this.toValues, this),
    }
  }

  private toValues({ labels, counts, sum }: Series): Value[] {
    const metricName = `${this.name}_bucket`
    let count = 0
    const buckets = [...this.bounds, '+Inf'].map((le, index) => {
      count += counts[index]!
      return { metricName, labels: { ...labels, le }, value: count }
    })
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels, value: sum },
      { metricName: `${this.name}_count`, labels, value: count },
    ]
  }
}
