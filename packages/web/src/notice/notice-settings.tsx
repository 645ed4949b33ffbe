import { Stack, TagsInput, TextInput, Title } from '@mantine/core'
import { MAX_NOTICE_EMAILS } from '@workflow-webhooks/contract'
import { SaveBar } from '../parts/save-bar.tsx'
import { SaveProblem } from '../parts/save-problem.tsx'
import { useFocusFirstError } from '../parts/use-focus-first-error.ts'
import { useUnsavedGuard } from '../parts/use-unsaved-guard.tsx'
import { NoticeSample } from './notice-sample.tsx'
import { NoticeSecret } from './notice-secret.tsx'
import classes from './notice-settings.module.css'
import { type NoticeValues, toAddresses } from './notice-values.ts'
import { TestNotice } from './test-notice.tsx'
import { TheirSettings } from './their-settings.tsx'
import { type NoticeForm, useNoticeEdit } from './use-notice-edit.ts'

const FIELDS = ['webhook', 'emails']

/** Where notices go beside the app, a test of it, and what an operational webhook gets. */
export function NoticeSettings({ profileId }: { profileId: string }) {
  const { formRef, focusFirstError } = useFocusFirstError()
  const edit = useNoticeEdit(profileId, focusFirstError)
  const unsaved = useUnsavedGuard(edit.isUnsaved)
  const { form, stored } = edit
  return (
    <div className={classes.columns}>
      <Stack gap="lg">
        <form
          ref={formRef}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            edit.submit()
          }}
        >
          <Stack gap={20}>
            <Title order={2}>Where else notices go</Title>
            {edit.theirs && <TheirSettings settings={edit.theirs} onTake={edit.takeTheirs} />}
            <TextInput
              label="Operational webhook"
              description="Optional: an HTTPS endpoint that gets each notice as a POST, signed and retried as deliveries are."
              type="url"
              placeholder="https://"
              autoComplete="off"
              spellCheck={false}
              classNames={{ input: classes.mono! }}
              {...form.getInputProps('url')}
            />
            {form.values.url.trim() !== '' && (
              <NoticeSecret
                form={form}
                secret={edit.secret}
                canKeep={edit.canKeepSecret}
                isMoved={stored.webhook !== undefined && !edit.canKeepSecret}
              />
            )}
            <EmailsField form={form} isAllowed={stored.emailsAllowed} />
          </Stack>
          <SaveBar
            action="Save changes"
            isPending={edit.save.isPending}
            isUnsaved={edit.isUnsaved}
            isIdle={!edit.isUnsaved}
            problem={<SaveProblem error={edit.save.error} fields={FIELDS} />}
          >
            {consequence(form.values, stored.webhook !== undefined)}
          </SaveBar>
        </form>
        <TestNotice
          // What became of a test says nothing of other addresses.
          key={JSON.stringify(stored)}
          profileId={profileId}
          settings={stored}
          isUnsaved={edit.isUnsaved}
        />
      </Stack>
      <NoticeSample profileId={profileId} />
      {unsaved.dialog}
    </div>
  )
}

type FieldProps = { form: NoticeForm; isAllowed: boolean }

function EmailsField({ form, isAllowed }: FieldProps) {
  const { onChange, ...input } = form.getInputProps('emails')
  return (
    <TagsInput
      label="E-mail"
      description={isAllowed ? EMAILS : NO_MAIL}
      // What is there can still be taken out.
      disabled={!isAllowed && form.values.emails.length === 0}
      splitChars={SEPARATORS}
      {...input}
      onChange={(emails: string[]) => onChange(toAddresses(emails))}
    />
  )
}

const SEPARATORS = [',', ';', ' ']
const EMAILS = `Optional: up to ${MAX_NOTICE_EMAILS} addresses. Type one and press Enter. Each gets an e-mail of its own.`
const NO_MAIL =
  'No e-mail can be sent: this installation has no mail server. Its operator sets one with SMTP_URL.'

/** What saving does. */
function consequence({ url, emails }: NoticeValues, hadWebhook: boolean): string {
  const hasWebhook = url.trim() !== ''
  if (hadWebhook && !hasWebhook) return 'The operational webhook gets no more notices; its secret is deleted.'
  return hasWebhook || emails.length > 0
    ? 'Changes take effect with the next notice.'
    : 'Notices stay in the app.'
}
