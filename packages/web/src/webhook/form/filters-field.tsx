import { MultiSelect, SimpleGrid, TagsInput, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { alertTypes } from '@workflow-webhooks/contract'
import { useApi } from '../../api/queries.ts'
import type { WebhookValues } from '../webhook-values.ts'
import { FieldGroup } from './field-group.tsx'

/** Lists open within the page's main part rather than beside it, where screen readers would not look. */
const IN_PLACE = { withinPortal: false }

type Props = { form: UseFormReturnType<WebhookValues>; workflowId: string; states: string[] }

/** Which of the selected events are sent; the pickers have what this workflow has. */
export function FiltersField({ form, workflowId, states }: Props) {
  const platforms =
    useApi('/api/v1/workflows/{workflowId}/platforms', { path: { workflowId } }).data?.data ?? []
  const names = new Map(platforms.map(({ platform, platformDisplayName }) => [platform, platformDisplayName]))
  const { onChange: setPlatforms, ...platformInput } = form.getInputProps('filters.platform')
  // A platform is written in lower case; a pasted display name is meant as the platform that has it.
  const toPlatform = (text: string): string =>
    platforms.find(({ platformDisplayName }) => isSame(platformDisplayName, text))?.platform ??
    text.trim().toLowerCase()
  return (
    <FieldGroup
      label="Filters"
      description="Optional. An event must match every list that you fill in; any one value of a list is enough."
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        <TagsInput
          label="Platform"
          placeholder={form.values.filters.platform.length === 0 ? 'Any' : undefined}
          description="Pick, or type another and press Enter."
          comboboxProps={IN_PLACE}
          data={platforms.map(({ platform }) => platform)}
          renderOption={({ option }) => (
            <PlatformOption platform={option.value} name={names.get(option.value)} />
          )}
          {...platformInput}
          onChange={(texts) => setPlatforms([...new Set(texts.map(toPlatform))])}
        />
        <MultiSelect
          label="Alert type"
          placeholder={form.values.filters.alertType.length === 0 ? 'Any' : undefined}
          description="What was found."
          comboboxProps={IN_PLACE}
          data={[...alertTypes]}
          {...form.getInputProps('filters.alertType')}
        />
        <MultiSelect
          label="New state"
          placeholder={form.values.filters.newState.length === 0 ? 'Any' : undefined}
          description="Where the item is now."
          comboboxProps={IN_PLACE}
          data={states}
          {...form.getInputProps('filters.newState')}
        />
        <MultiSelect
          label="Previous state"
          placeholder={form.values.filters.previousState.length === 0 ? 'Any' : undefined}
          description="Never matches a created item."
          comboboxProps={IN_PLACE}
          data={states}
          {...form.getInputProps('filters.previousState')}
        />
      </SimpleGrid>
    </FieldGroup>
  )
}

function PlatformOption({ platform, name }: { platform: string; name: string | undefined }) {
  return (
    <span>
      {platform}
      {name !== undefined && name !== platform && (
        <Text span size="xs" c="dimmed" ml={6}>
          {name}
        </Text>
      )}
    </span>
  )
}

function isSame(name: string, text: string): boolean {
  return name.toLowerCase() === text.trim().toLowerCase()
}
