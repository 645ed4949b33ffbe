import { notifications } from '@mantine/notifications'
import { IconCheck, IconX } from '@tabler/icons-react'
import { isProblem } from '../api/problem.ts'

/** Says that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, icon: <IconCheck size={16} />, color: 'teal.8' })
}

/** Says what went wrong, where there is no better place for it. It stays until it is closed. */
export function notifyProblem(error: unknown): void {
  notifications.show({
    title: isProblem(error) && error.detail !== undefined ? error.title : undefined,
    message: messageOf(error),
    icon: <IconX size={16} />,
    color: 'red.8',
    autoClose: false,
  })
}

/** What to tell of an error. */
export function messageOf(error: unknown): string {
  if (!isProblem(error)) return 'Something went wrong on this page. Reload it and try again.'
  const fields = error.errors.map(({ field, message }) => `${field} ${message}`)
  const reference = error.requestId === undefined ? [] : [`Request ${error.requestId}`]
  return [error.message, ...fields, ...reference].join(' · ')
}
