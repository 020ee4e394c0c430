import {
  archivesLeftBehind,
  batchesLeftBehind,
  closeArchive,
  destroyBatch,
  destroyPart,
  fleetImportsLeftBehind,
  type JobName,
  keepRecordings,
  keepsLeftBehind,
  leftBehind,
  matchArchiveNow,
  type Ops,
  runExtraction,
  runFleetImport,
  takeInArchive,
  type Tool,
} from '../actions/index.ts'

/** What a task is given of the worker that does it. */
export interface TaskParts {
  readonly ops: Ops
  readonly tool: Tool
  /** fires when the worker is to end */
  readonly ending: AbortSignal
}

/** Lines in which work is done one after the other; what takes hours stands in no line with what somebody waits for. */
export const LINES = ['extracts', 'archives', 'fleet'] as const
export type Line = (typeof LINES)[number]

/** One kind of work: safe to be ended at any moment, and to be begun again by another. */
export interface Task {
  /** the id that it is about, by its name in what the queue hands out */
  readonly about: string
  readonly line: Line
  /** what failed, where it fails: for whoever keeps the service running */
  readonly says: string
  run(parts: TaskParts, id: string): Promise<unknown>
  /** the ids of work of this kind that no worker has, and that the queue will not hand out again */
  readonly leftBehind?: (ops: Ops) => Promise<readonly string[]>
}

/** Everything that is done behind the pages, by the names of the queue. */
export const TASKS: Readonly<Record<JobName, Task>> = {
  extract: {
    about: 'extraction',
    line: 'extracts',
    says: 'an extraction',
    run: ({ ops, tool, ending }, id) => runExtraction(ops, id, { tool, ending }),
    leftBehind,
  },
  reseal: {
    about: 'destruction',
    line: 'extracts',
    says: 'the destruction of a part',
    async run({ ops, tool, ending }, id) {
      const became = await destroyPart(ops, id, { tool, ending })
      if (became === 'again') await ops.enqueue('reseal', { destruction: id })
    },
  },
  'take-in-archive': {
    about: 'archive',
    line: 'archives',
    says: 'taking in an archive of recordings',
    run: ({ ops, ending }, id) => takeInArchive(ops, id, { ending }),
    leftBehind: (ops) => archivesLeftBehind(ops, 'taking_in'),
  },
  'match-archive': {
    about: 'archive',
    line: 'archives',
    says: 'matching an archive of recordings',
    run: ({ ops, ending }, id) => matchArchiveNow(ops, id, { ending }),
    leftBehind: (ops) => archivesLeftBehind(ops, 'matching'),
  },
  'destroy-batch': {
    about: 'batch',
    line: 'archives',
    says: 'the destruction of recordings',
    async run({ ops, ending }, id) {
      const became = await destroyBatch(ops, id, { ending })
      if (became === 'again') await ops.enqueue('destroy-batch', { batch: id })
    },
    leftBehind: batchesLeftBehind,
  },
  'keep-recordings': {
    about: 'keep',
    line: 'archives',
    says: 'keeping recordings for a case',
    run: ({ ops, tool, ending }, id) => keepRecordings(ops, id, { tool, ending }),
    leftBehind: keepsLeftBehind,
  },
  'close-archive': {
    about: 'archive',
    line: 'archives',
    says: 'closing an archive of recordings',
    run: ({ ops, ending }, id) => closeArchive(ops, id, { ending }),
    leftBehind: (ops) => archivesLeftBehind(ops, 'closing'),
  },
  'import-fleet': {
    about: 'import',
    line: 'fleet',
    says: 'reading what phones hold',
    run: ({ ops }, id) => runFleetImport(ops, id),
    leftBehind: fleetImportsLeftBehind,
  },
}
