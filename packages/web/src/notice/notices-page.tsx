import { Stack, Text, Title } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useLoaded } from '../api/queries.ts'
import { TabBar } from '../profile/tab-bar.tsx'
import { useMe } from '../session/me.ts'
import { NoticePlaces } from './notice-places.tsx'
import { NoticeSettings } from './notice-settings.tsx'
import { ProfileNotices } from './profile-notices.tsx'

const route = getRouteApi('/app/profiles/$profileId')

/** What members are told of webhooks that fail, and where. Only admins see and set where else it goes. */
export function NoticesPage() {
  const { profileId } = route.useParams()
  const { isEditor } = useMe()
  const { webhookAccess } = useLoaded('/api/v1/profiles/{profileId}', { path: { profileId } })
  // Access that is withdrawn while one types does not take away what was typed.
  const [hadAccess] = useState(webhookAccess)
  return (
    <>
      <TabBar title="Notices">
        When a webhook keeps failing, is paused or delivers again, all members see a notice in the app: here,
        and on the Webhooks tab of its workflow.
        {!isEditor && ' Admins can have notices sent to a webhook and by e-mail too.'}
      </TabBar>
      <Stack gap={32}>
        {isEditor &&
          (webhookAccess || hadAccess ? (
            <NoticeSettings key={profileId} profileId={profileId} />
          ) : (
            <SettingsFacts profileId={profileId} />
          ))}
        <ProfileNotices profileId={profileId} />
      </Stack>
    </>
  )
}

function SettingsFacts({ profileId }: { profileId: string }) {
  const settings = useLoaded('/api/v1/profiles/{profileId}/notice-settings', { path: { profileId } })
  return (
    <Stack gap="xs">
      <Title order={2}>Where else notices go</Title>
      <Text size="sm" maw={760}>
        The profile has no webhook access: nothing is sent, so there is nothing to tell. This can be set once
        access is granted.
      </Text>
      <NoticePlaces settings={settings} />
    </Stack>
  )
}
