import { Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import { AttemptPhases } from './attempt-phases.tsx'
import classes from './attempt-view.module.css'
import { attemptResult, attemptStates, nextText, remedyOf } from './attempt-words.ts'
import { Exchange } from './exchange.tsx'

type Props = {
  attempt: Schema<'Attempt'>
  /** What was sent. */
  body: string
  isOpen: boolean
}

/** One attempt: what came of it in a line, and its request and response where it is opened. */
export function AttemptView({ attempt, body, isOpen }: Props) {
  const { state, label } = attemptStates[attempt.outcome]
  const remedy = remedyOf(attempt)
  const next = nextText(attempt.next)
  return (
    <details className={classes.attempt} open={isOpen}>
      <summary className={classes.summary}>
        <span className={classes.number}>Attempt {attempt.attempt}</span>
        <StatusText state={state}>{`${label}: ${attemptResult(attempt)}`}</StatusText>
        <span className={classes.time}>
          <Time at={attempt.startedAt} format="full" />
        </span>
      </summary>
      <div className={classes.body}>
        {next !== undefined && <Text size="sm">{next}</Text>}
        {remedy !== undefined && <Text size="sm">{remedy}</Text>}
        {attempt.phases !== undefined && <AttemptPhases phases={attempt.phases} />}
        {attempt.late && (
          <Text size="sm" c="dimmed">
            Recorded after the deliveries of this webhook had gone over to another node.
          </Text>
        )}
        {attempt.bodiesRemoved ? (
          <Text size="sm" c="dimmed">
            Request and response are no longer kept: the attempt is too old.
          </Text>
        ) : (
          <Exchange attempt={attempt} body={body} isBodyElsewhere />
        )}
      </div>
    </details>
  )
}
