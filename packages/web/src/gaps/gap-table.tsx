import { Checkbox, Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { TextLink } from '../parts/links.tsx'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import { visibleText } from '../parts/visible-text.ts'
import type { WebhookPath } from '../webhook/use-webhook.ts'
import { outcomeText } from '../workflow/outcome-text.ts'
import classes from './gap-table.module.css'

type Props = {
  path: WebhookPath
  gaps: Schema<'Gap'>[]
  /** Event ids. */
  chosen: ReadonlySet<string>
  /** Undefined where nothing can be chosen. */
  onChoose: ((chosen: ReadonlySet<string>) => void) | undefined
}

/** Missing events, one a row: what happened, and why the webhook has not had it. */
export function GapTable({ path, gaps, chosen, onChoose }: Props) {
  const allChosen = gaps.every(({ eventId }) => chosen.has(eventId))
  return (
    <>
      {onChoose !== undefined && (
        <Checkbox
          className={classes.all!}
          label="Choose all that are shown"
          checked={allChosen}
          indeterminate={!allChosen && gaps.some(({ eventId }) => chosen.has(eventId))}
          onChange={() => onChoose(new Set(allChosen ? [] : gaps.map(({ eventId }) => eventId)))}
        />
      )}
      <ul className={classes.list} data-choosable={onChoose !== undefined || undefined}>
        {gaps.map((gap) => (
          <GapRow
            key={gap.eventId}
            path={path}
            gap={gap}
            isChosen={chosen.has(gap.eventId)}
            onToggle={onChoose && (() => onChoose(toggled(chosen, gap.eventId)))}
          />
        ))}
      </ul>
    </>
  )
}

type RowProps = {
  path: WebhookPath
  gap: Schema<'Gap'>
  isChosen: boolean
  onToggle: (() => void) | undefined
}

function GapRow({ path, gap, isChosen, onToggle }: RowProps) {
  const { itemId, subject, previousState, newState, outcome, isLatest, occurredAt } = gap
  const { state, text } = outcomeText(outcome)
  const deliveryId = outcome.deliveryIds.at(-1)
  const change = previousState === undefined ? `Filed in ${newState}` : `${previousState} → ${newState}`
  return (
    <li className={classes.row}>
      {onToggle !== undefined && (
        <Checkbox aria-label={`Choose ${change} of ${subject}`} checked={isChosen} onChange={onToggle} />
      )}
      <div className={classes.what}>
        <Text span size="sm" fw={550}>
          {change}
        </Text>
        <Text size="sm" truncate>
          <TextLink
            to="/workflows/$workflowId/items/$itemId"
            params={{ workflowId: path.workflowId, itemId }}
          >
            <bdi>{visibleText(subject)}</bdi>
          </TextLink>
        </Text>
      </div>
      <div className={classes.why}>
        <StatusText state={state}>
          {deliveryId === undefined ? (
            text
          ) : (
            <TextLink
              to="/workflows/$workflowId/webhooks/$webhookId/deliveries"
              params={path}
              search={{ delivery: deliveryId }}
              aria-label={`${text}: the delivery of ${visibleText(subject)}`}
              c="inherit"
              underline="always"
              inherit
            >
              {text}
            </TextLink>
          )}
        </StatusText>
        {!isLatest && (
          <Text size="xs" c="dimmed">
            The item has moved on since.
          </Text>
        )}
      </div>
      <span className={classes.time}>
        <Time at={occurredAt} />
      </span>
    </li>
  )
}

function toggled(chosen: ReadonlySet<string>, eventId: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(eventId)) next.add(eventId)
  return next
}
