import { getRouteApi } from '@tanstack/react-router'
import type { Schema } from '../api/client.ts'
import { useLoaded } from '../api/queries.ts'
import { Facts } from '../parts/facts.tsx'
import { useTitle } from '../parts/use-title.ts'
import { useMe } from '../session/me.ts'
import { SettingsForm } from './settings-form.tsx'

const route = getRouteApi('/app/workflows/$workflowId/settings')

/** The workflow's own settings; an analyst only reads them. */
export function SettingsPage() {
  const path = route.useParams()
  const me = useMe()
  const workflow = useLoaded('/api/v1/workflows/{workflowId}', { path })
  useTitle('Settings', 'page')
  return me.isEditor ? <SettingsForm workflow={workflow} /> : <SettingsFacts workflow={workflow} />
}

function SettingsFacts({ workflow }: { workflow: Schema<'Workflow'> }) {
  const { name, states, initialState, resolvedState, previewImages } = workflow
  return (
    <Facts
      facts={[
        { label: 'Name', value: name ?? 'None' },
        { label: 'States', value: states.join(', ') },
        { label: 'Initial state', value: initialState },
        { label: 'Resolved state', value: resolvedState },
        { label: 'Preview images', value: previewImages ? 'Sent with alerts that have one' : 'Not sent' },
      ]}
    />
  )
}
