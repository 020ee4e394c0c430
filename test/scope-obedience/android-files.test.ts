import { obeys } from './obedience.ts'

obeys('android-files')
