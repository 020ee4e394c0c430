export { answerInstruction, sayRead, unanswered } from './answer-instruction.ts'
export {
  instructionProblems,
  issueInstruction,
  LONGEST_INSTRUCTION,
  MOST_ANSWERS,
  MOST_QUESTIONS,
  newestInstruction,
  type WrittenInstruction,
} from './issue-instruction.ts'
export {
  appsWithoutInstruction,
  type InstructionToRead,
  instructionsFor,
  readAppTitle,
  type Readers,
  type Reading,
  readReaders,
} from './read-instructions.ts'
