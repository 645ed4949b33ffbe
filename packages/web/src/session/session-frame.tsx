import { Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Mark } from '../layout/mark.tsx'
import { useTitle } from '../parts/use-title.ts'
import classes from './session-frame.module.css'

/** A page for who is not signed in: the product, a title, a form. */
export function SessionFrame({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title, 'page')
  return (
    <main className={classes.page}>
      <Stack gap="lg" className={classes.column}>
        <div className={classes.brand}>
          <Mark size={28} />
          <span>Workflow Webhooks</span>
        </div>
        <Title order={1}>{title}</Title>
        {children}
      </Stack>
    </main>
  )
}
