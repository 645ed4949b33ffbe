import { ActionIcon, Button, Fieldset, Group, Input, Text, TextInput, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { useApi } from '../api/queries.ts'
import { countText } from '../parts/count.ts'
import { moved, newStateProblem } from './settings-changes.ts'
import classes from './state-list.module.css'

type Props = {
  workflowId: string
  states: string[]
  onChange: (states: string[]) => void
  error: string | undefined
}

/** The states in their order, to be added to, put in another order and removed. */
export function StateList({ workflowId, states, onChange, error }: Props) {
  const { data } = useApi('/api/v1/workflows/{workflowId}/item-counts', { path: { workflowId } })
  const id = useId()
  return (
    <Fieldset
      variant="unstyled"
      legend="States"
      aria-describedby={id}
      classNames={{ root: classes.frame!, legend: classes.legend! }}
    >
      <Input.Description id={id} mb={6}>
        To rename a state, add one with the new name, move its items there, then remove the old one. A state
        that has items or that a webhook’s filter names cannot be removed.
      </Input.Description>
      <ol className={classes.states}>
        {states.map((state, index) => {
          const count = data?.data.find((counted) => counted.state === state)
          return (
            <li key={state} className={classes.state}>
              <span className={classes.name}>{state}</span>
              <Text span size="xs" c="dimmed" className={classes.count!}>
                {count && countText(count, 'item', 'items')}
              </Text>
              <Action
                label={`Move ${state} up`}
                isOff={index === 0}
                onClick={() => onChange(moved(states, index, -1))}
              >
                <IconArrowUp size={16} />
              </Action>
              <Action
                label={`Move ${state} down`}
                isOff={index === states.length - 1}
                onClick={() => onChange(moved(states, index, 1))}
              >
                <IconArrowDown size={16} />
              </Action>
              <Action
                label={`Remove ${state}`}
                isOff={states.length === 1}
                onClick={() => onChange(states.filter((other) => other !== state))}
              >
                <IconX size={16} />
              </Action>
            </li>
          )
        })}
      </ol>
      {error !== undefined && (
        <Input.Error role="alert" mt={4}>
          {error}
        </Input.Error>
      )}
      <NewState states={states} onAdd={(name) => onChange([...states, name])} />
    </Fieldset>
  )
}

type ActionProps = { label: string; isOff: boolean; onClick: () => void; children: ReactNode }

/** A button of a row. One that is off can still be focused: moving a row to the end must not lose one's place. */
function Action({ label, isOff, onClick, children }: ActionProps) {
  return (
    <Tooltip label={label} disabled={isOff}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.action!}
        aria-label={label}
        aria-disabled={isOff}
        data-disabled={isOff || undefined}
        onClick={isOff ? undefined : onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function NewState({ states, onAdd }: { states: string[]; onAdd: (name: string) => void }) {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = (): void => {
    const found = newStateProblem(name.trim(), states)
    setProblem(found)
    if (found !== null) return
    onAdd(name.trim())
    setName('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    // The form around it must not be saved by it.
    event.preventDefault()
    add()
  }
  return (
    <Group gap="xs" align="flex-start" mt={8} wrap="nowrap">
      <TextInput
        flex={1}
        aria-label="Name of the new state"
        placeholder="New state"
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setProblem(null)
        }}
        onKeyDown={onKeyDown}
        error={problem}
      />
      <Button variant="default" h={36} onClick={add}>
        Add state
      </Button>
    </Group>
  )
}
