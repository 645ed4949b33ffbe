export { type Api, createApi } from './api-client.ts'
export {
  type Certificate,
  type CertificateAuthority,
  type CertificateRequest,
  createCertificateAuthority,
} from './certificates.ts'
export { type PostgresServer, startPostgres } from './postgres-server.ts'
export { type ReceiverProcess, startReceiverProcess } from './receiver-process.ts'
export {
  type ReceivedRequest,
  type Receiver,
  type ReceiverAnswer,
  type ReceiverOptions,
  startReceiver,
} from './receiver-server.ts'
export type { ReceiverSummary } from './receiver-summary.ts'
export { type ServiceOptions, type ServiceProcess, startService } from './service-process.ts'
export { waitFor } from './wait-for.ts'
