import { Button, Menu, Text } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { Schema } from '../api/client.ts'
import { useMe } from '../session/me.ts'
import classes from './state-menu.module.css'
import { useMoveItem } from './use-move-item.ts'

type Props = {
  workflow: Schema<'Workflow'>
  item: Schema<'Item'>
  /** Drawn as a text with an arrow, for a row among many. */
  isQuiet?: boolean
}

/** The state that an item is in; who may move it chooses another here. */
export function StateMenu(props: Props) {
  const me = useMe()
  if (!me.isEditor) return <span className={classes.state}>{props.item.state}</span>
  return <MoveMenu {...props} />
}

function MoveMenu({ workflow: { states, resolvedState }, item, isQuiet = false }: Props) {
  const { move, isPending } = useMoveItem(item)
  // Moved by somebody else while the menu is open, the item is no longer what one decided about.
  const [seen, setSeen] = useState(item.state)
  return (
    <Menu position="bottom-start" width={260} onOpen={() => setSeen(item.state)}>
      <Menu.Target>
        <Button
          variant={isQuiet ? 'subtle' : 'default'}
          color="gray"
          className={isQuiet ? classes.quiet! : classes.button!}
          h={isQuiet ? 28 : undefined}
          loading={isPending}
          rightSection={<IconChevronDown size={14} />}
          aria-label={`${item.state}: move “${item.alert.subject}”`}
        >
          <span className={classes.cut}>{item.state}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown!}>
        <Menu.Label>Move to (webhooks are notified)</Menu.Label>
        {states.map((state) => (
          <Menu.Item
            key={state}
            disabled={state === item.state}
            rightSection={state === item.state && <IconCheck size={14} />}
            onClick={() => move(state, seen)}
          >
            <span className={classes.choice}>{state}</span>
            {state !== item.state && <Consequence from={item.state} to={state} resolved={resolvedState} />}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What else fires beside `state.changed`. */
function Consequence({ from, to, resolved }: { from: string; to: string; resolved: string }) {
  if (to !== resolved && from !== resolved) return null
  return (
    <Text size="xs" c="dimmed">
      {to === resolved ? 'also fires resolved' : 'also fires reopened'}
    </Text>
  )
}
