import { obeys } from './obedience.ts'

obeys('ios-files')
