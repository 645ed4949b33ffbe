import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { Schema } from '../../api/client.ts'
import { Time } from '../../parts/time.tsx'
import { fieldLabels, fieldText } from '../webhook-text.ts'
import { toValues, type WebhookField, type WebhookValues, webhookFields } from '../webhook-values.ts'
import classes from './conflict-notice.module.css'

type Props = {
  /** The version that somebody else saved meanwhile. */
  theirs: Schema<'Webhook'>
  theirFields: WebhookField[]
  mine: WebhookValues
  myFields: WebhookField[]
  /** One tried to save and was refused. */
  isRefused: boolean
  onSaveMine: () => void
  onTakeTheirs: () => void
}

/** Two people edit the same webhook: what changed meanwhile, field by field, and what one can do about it. */
export function ConflictNotice(props: Props) {
  const { theirs, theirFields, mine, myFields, isRefused, onSaveMine, onTakeTheirs } = props
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isRefused) notice.current?.focus()
  }, [isRefused])
  const fields = webhookFields.filter((field) => theirFields.includes(field) || myFields.includes(field))
  return (
    <Alert
      ref={notice}
      tabIndex={-1}
      role={isRefused ? 'alert' : 'status'}
      variant="outline"
      color="gray"
      icon={<IconUsers size={18} />}
      classNames={{ root: classes.notice!, label: classes.title!, icon: classes.icon! }}
      data-refused={isRefused || undefined}
      title={isRefused ? 'Not saved: someone else changed this webhook' : 'Someone else changed this webhook'}
      p="sm"
    >
      <Stack gap="sm">
        <Text size="sm">
          They saved it <Time at={theirs.updatedAt} /> (version {theirs.version}), after you began editing.
          What you typed is still here.
        </Text>
        <dl className={classes.fields}>
          {fields.map((field) => (
            <div key={field} className={classes.field}>
              <dt>{fieldLabels[field]}</dt>
              <Side name="Theirs" isChanged={theirFields.includes(field)}>
                {fieldText(field, toValues(theirs))}
              </Side>
              <Side name="Yours" isChanged={myFields.includes(field)}>
                {fieldText(field, mine)}
              </Side>
            </div>
          ))}
        </dl>
        <Text size="xs" c="dimmed">
          {theirFields.length === 0 &&
            'The secret or the value of a header may have changed too: these are never shown. '}
          Saving yours replaces {listed(myFields)} and keeps everything else as they saved it.
        </Text>
        <Group gap="xs">
          <Button onClick={onSaveMine}>Save mine over theirs</Button>
          <Button variant="default" onClick={onTakeTheirs}>
            Take theirs
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

function Side({ name, isChanged, children }: { name: string; isChanged: boolean; children: string }) {
  return (
    <dd data-changed={isChanged || undefined}>
      <span className={classes.side}>{name}</span>
      <span className={classes.text}>
        {children}
        {!isChanged && <span className={classes.side}> (not changed)</span>}
      </span>
    </dd>
  )
}

function listed(fields: WebhookField[]): string {
  return fields.map((field) => fieldLabels[field]).join(', ')
}
