/** Runs many calls as one group; see {@link createBatcher}. */
export type Batcher<Input, Output> = (input: Input) => Promise<Output>

type Waiting<Input, Output> = {
  input: Input
  resolve: (output: Output) => void
  reject: (error: unknown) => void
}

/**
 * Batches without timers: what arrives while one group is under way shares the next one. An idle service adds
 * no delay, a busy one batches by itself.
 *
 * `run` gets the inputs in the order in which they came and answers in that order; an answer that is an `Error`
 * rejects its own call alone. If `run` itself throws, the group is tried again call by call, so that one bad call
 * fails alone; a group of one passes its error on.
 *
 * @param weightOf what an input counts against `maxWeight` (1 unless told); a single input may exceed it
 * @param turns of the event loop that a group waits before it begins (1 unless told). One is over at once where there
 *   is little to do, and takes milliseconds where there is much: then groups become larger, and fewer
 */
export function createBatcher<Input, Output>(
  run: (inputs: Input[]) => Promise<(Output | Error)[]>,
  {
    maxWeight,
    weightOf = () => 1,
    turns = 1,
  }: { maxWeight: number; weightOf?: (input: Input) => number; turns?: number },
): Batcher<Input, Output> {
  const waiting: Waiting<Input, Output>[] = []
  let isRunning = false

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      if (isRunning) return
      isRunning = true
      runSoon(turns)
    })

  /** Never in the same turn: what the event loop has already read from other sockets joins the group. */
  function runSoon(turnsLeft: number): void {
    setImmediate(() => (turnsLeft > 1 ? runSoon(turnsLeft - 1) : runNext()))
  }

  async function runNext(): Promise<void> {
    await runGroup(nextGroup())
    if (waiting.length > 0) runSoon(turns)
    else isRunning = false
  }

  function nextGroup(): Waiting<Input, Output>[] {
    let weight = 0
    let count = 0
    while (count < waiting.length) {
      weight += weightOf(waiting[count]!.input)
      if (count > 0 && weight > maxWeight) break
      count++
    }
    return waiting.splice(0, count)
  }

  async function runGroup(group: Waiting<Input, Output>[]): Promise<void> {
    try {
      const outputs = await run(group.map((call) => call.input))
      group.forEach((call, index) => {
        const output = outputs[index]
        if (output instanceof Error) call.reject(output)
        else call.resolve(output as Output)
      })
    } catch (error) {
      if (group.length === 1) group[0]!.reject(error)
      else for (const call of group) await runGroup([call])
    }
  }
}
