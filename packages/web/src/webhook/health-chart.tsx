import { Text, Title } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { BarChart } from '../parts/bar-chart.tsx'
import { TextLink } from '../parts/links.tsx'
import { StatusText } from '../parts/status.tsx'
import { Time } from '../parts/time.tsx'
import classes from './health-chart.module.css'
import { successRate } from './success-rate.ts'
import { useWebhookHealth, type WebhookPath } from './use-webhook.ts'

const HEIGHT = 120

/** The deliveries of the last 24 hours by the hour, as wide as there is room. */
export function HealthChart(path: WebhookPath) {
  const health = useWebhookHealth(path)
  const { ref, width } = useElementSize()
  const rate = health && successRate(health.succeeded, health.failed)
  return (
    <section aria-labelledby="last-hours">
      <div className={classes.bar}>
        <Title order={3} id="last-hours">
          Last 24 hours
        </Title>
        {rate !== undefined && (
          <>
            {health!.succeeded > 0 && (
              <StatusText state="delivered">{`${health!.succeeded.toLocaleString('en')} delivered`}</StatusText>
            )}
            {health!.failed > 0 && (
              <StatusText state="failed">{`${health!.failed.toLocaleString('en')} failed`}</StatusText>
            )}
            <Text size="sm" c="dimmed">
              {rate}
            </Text>
          </>
        )}
        <TextLink
          to="/workflows/$workflowId/webhooks/$webhookId/charts"
          params={path}
          size="sm"
          className={classes.all!}
        >
          All charts
        </TextLink>
      </div>
      <div ref={ref} className={classes.chart} style={{ height: HEIGHT }}>
        {health && width > 0 && <BarChart hours={health.hours} width={width} height={HEIGHT} />}
        {health && rate === undefined && (
          <p className={classes.nothing}>Nothing was sent. Test events are not counted.</p>
        )}
      </div>
      <div className={classes.axis}>
        <span>{health && <Time at={health.hours[0]!.from} />}</span>
        <span>now</span>
      </div>
    </section>
  )
}
