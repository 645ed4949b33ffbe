import type { ErrorCode } from '@workflow-webhooks/contract'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError, notFound } from '../base/errors.ts'
import { sendProblem, toFailure } from './problem.ts'
import { requestPath } from './request-path.ts'

/**
 * Answers what no route takes: 405 with the methods that there are (RFC 9110, section 15.5.6) where only the method is
 * wrong, otherwise 404. To be called before routes are added.
 *
 * @param onProblem is told the code of each answer
 */
export function answerUnknownRoutes(
  app: FastifyInstance,
  onProblem: (code: ErrorCode) => void = () => {},
): void {
  const methodsByPath = new Map<string, string[]>()
  app.addHook('onRoute', ({ method, url }) => {
    methodsByPath.set(url, [...(methodsByPath.get(url) ?? []), ...[method].flat()])
  })
  app.setNotFoundHandler((request, reply) => {
    const path = requestPath(request)
    const allowed = allowedMethods(methodsByPath, path)
    // Where the method is one of them, an id was longer than any is.
    if (allowed.length === 0 || allowed.includes(request.method)) return answer(reply, notFound('path'))
    reply.header('allow', allowed.join(', '))
    return answer(reply, new AppError('method_not_allowed', `This path takes ${allowed.join(', ')}.`))
  })

  function answer(reply: FastifyReply, error: AppError): FastifyReply {
    onProblem(error.code)
    return sendProblem(reply, toFailure(error).problem)
  }
}

function allowedMethods(methodsByPath: ReadonlyMap<string, string[]>, path: string): string[] {
  const matching = [...methodsByPath].filter(([route]) => matches(route, path))
  return [...new Set(matching.flatMap(([, methods]) => methods))].sort()
}

function matches(route: string, path: string): boolean {
  const wanted = route.split('/')
  const parts = path.split('/')
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => (part.startsWith(':') ? parts[index] !== '' : part === parts[index]))
  )
}
