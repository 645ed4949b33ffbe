import { Spoiler, Text } from '@mantine/core'
import type { Schema } from '../api/client.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { type Fact, Facts } from '../parts/facts.tsx'
import { Mono } from '../parts/mono.tsx'
import { Time } from '../parts/time.tsx'
import classes from './item-facts.module.css'

/** What an alert says. Its URLs lead to what was found, so none of them is a link here, and no image is loaded. */
export function ItemFacts({ item: { itemId, alert, createdAt, updatedAt } }: { item: Schema<'Item'> }) {
  const { platform, platformDisplayName = platform, contentTitle, agentReasoning, previewImage } = alert
  return (
    <>
      <Facts
        facts={[
          { label: 'Subject', value: <Copied text={alert.subject} label="Copy the subject" isProse /> },
          { label: 'Platform', value: <PlatformName name={platformDisplayName} platform={platform} /> },
          { label: 'Type', value: alert.type },
          contentTitle !== undefined && { label: 'Content title', value: contentTitle },
          {
            label: 'Security description',
            value: <LongText label="Security description">{alert.securityDescription}</LongText>,
          },
          agentReasoning !== undefined && {
            label: 'Agent reasoning',
            value: <LongText label="Agent reasoning">{agentReasoning}</LongText>,
          },
          copied('Content URL', alert.links?.content),
          copied('Account URL', alert.links?.account),
          copied('Outtake URL', alert.links?.outtake),
          previewImage && {
            label: `Preview image, ${previewImage.width} × ${previewImage.height}`,
            value: <Copied text={previewImage.url} label="Copy the URL of the preview image" />,
          },
          copied('Alert id', alert.alertId),
          copied('Item id', itemId),
          { label: 'Filed', value: <Time at={createdAt} format="full" /> },
          { label: 'Updated', value: <Time at={updatedAt} format="full" /> },
        ]}
      />
      <Text size="xs" c="dimmed" mt="md">
        URLs are not links here, so that no click opens an attack by accident.
      </Text>
    </>
  )
}

/** With what filters know it by, where that is another word. */
function PlatformName({ name, platform }: { name: string; platform: string }) {
  if (name.toLowerCase() === platform) return name
  return (
    <>
      {name} <Mono>{platform}</Mono>
    </>
  )
}

function LongText({ children, label }: { children: string; label: string }) {
  if (children === '') return <Text size="sm">None</Text>
  return (
    <Spoiler
      maxHeight={156}
      showLabel="Show all"
      showAriaLabel={`Show all: ${label}`}
      hideLabel="Show less"
      classNames={{ control: classes.more! }}
      attributes={{ content: { 'aria-label': label } }}
    >
      <div className={classes.long}>{children}</div>
    </Spoiler>
  )
}

function copied(label: string, text: string | undefined): Fact | undefined {
  if (text === undefined) return undefined
  return { label, value: <Copied text={text} label={`Copy the ${label}`} /> }
}

function Copied({ text, label, isProse = false }: { text: string; label: string; isProse?: boolean }) {
  return (
    <div className={classes.copied}>
      {isProse ? <span>{text}</span> : <Mono>{text}</Mono>}
      <CopyButton value={text} label={label} />
    </div>
  )
}
