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
 */
export function createBatcher<Input, Output>(
  run: (inputs: Input[]) => Promise<(Output | Error)[]>,
  { maxWeight, weightOf = () => 1 }: { maxWeight: number; weightOf?: (input: Input) => number },
): Batcher<Input, Output> {
  const waiting: Waiting<Input, Output>[] = []
  let isRunning = false

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject })
      if (isRunning) return
      isRunning = true
      setImmediate(runNext)
    })

  /** Comes in a turn of its own: what the event loop has already read from other sockets joins the group. */
  async function runNext(): Promise<void> {
    await runGroup(nextGroup())
    if (waiting.length > 0) setImmediate(runNext)
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
