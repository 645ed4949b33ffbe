import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** They take a minute or more, which their size does not tell. */
const LONGEST = [
  'e2e/pages',
  'server/test/kill',
  'server/test/demo',
  'server/test/retention-load',
  'e2e/notices',
  'server/test/notice-story',
  'web/test/receiver-code',
  'server/test/start-and-stop',
]

/** Begins with the files that take longest, or one of them would run alone in the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification) => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return index === -1 ? LONGEST.length : index
    }
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
